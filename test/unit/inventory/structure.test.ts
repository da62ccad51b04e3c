import assert from 'node:assert/strict';
import type { Finding, TextFix } from '../../../src/core/findings/finding';
import { parseInventory } from '../../../src/core/inventory/parse';
import { STRUCTURE } from '../../../src/core/inventory/structure';
import { changed, STRUCTURE_CASES as CASES, VALID } from './structureCases';

/** Has a test of its own, over several files. */
const ELSEWHERE = ['site-name-duplicate'];

function rangeText(text: string, { where }: Finding): string {
  assert.ok(where.kind === 'inventory' && where.at !== undefined);
  const { start, end } = where.at;
  assert.ok(start >= 0 && end >= start && end <= text.length);
  return text.slice(start, end);
}

function applied(text: string, fix: TextFix): string {
  return [...fix.edits]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((rest, { range, newText }) => rest.slice(0, range.start) + newText + rest.slice(range.end), text);
}

describe('structure of an inventory', () => {
  it('is right in the text that the cases change', () => {
    assert.deepEqual(parseInventory('a.yaml', VALID).findings, []);
  });

  for (const { code } of Object.values(STRUCTURE)) {
    if (ELSEWHERE.includes(code)) continue;
    it(`${code} names its place, and keeps the site from being used`, () => {
      const one = CASES[code];
      assert.ok(one !== undefined, `no case for ${code}`);
      const { findings, sites } = parseInventory('a.yaml', one.text);
      const found = findings.find((finding) => finding.code === code);
      assert.ok(found !== undefined, findings.map((finding) => finding.code).join(' '));
      if (one.at !== '') assert.equal(rangeText(one.text, found), one.at);
      if (one.message !== undefined) assert.match(found.message, one.message);
      assert.deepEqual(
        sites.map(({ name }) => name),
        code === 'inventory-version' ? ['dc1'] : [],
      );
    });
  }

  it('goes on after one mistake: all are named at once', () => {
    const text = changed('vip: 192.168.73.200', 'vip: x').replace('priority: 100', 'priorty: 100');
    const codes = parseInventory('a.yaml', text).findings.map(({ code }) => code);
    assert.deepEqual(new Set(codes), new Set(['address-invalid', 'unknown-key']));
  });

  it('keeps a good site that stands beside a bad one', () => {
    const good = VALID.slice(VALID.indexOf('  dc1:'))
      .replace('dc1', 'dc2')
      .replaceAll('192.168.73.', '10.0.0.');
    const { sites, named } = parseInventory('a.yaml', changed('vip: 192.168.73.200', 'vip: x') + good);
    assert.deepEqual(
      sites.map(({ name }) => name),
      ['dc2'],
    );
    assert.deepEqual(
      named.map(({ name }) => name),
      ['dc1', 'dc2'],
    );
  });

  it('never repeats a password that stands in clear', () => {
    const { findings } = parseInventory('a.yaml', CASES['secret-in-clear']?.text ?? '');
    assert.ok(findings.length > 0 && !JSON.stringify(findings).includes('hunter2'));
  });

  for (const code of [
    'unknown-key',
    'scheme-unknown',
    'secret-in-clear',
    'missing-key:version',
    'sync-path-slash',
  ]) {
    it(`${code}: the fix mends it and keeps every comment`, () => {
      const text =
        code === 'missing-key:version'
          ? changed('version: 1 # the format\n', '')
          : code === 'sync-path-slash'
            ? changed(
                '    scheme: replication',
                '    scheme: replication\n    sync: { directories: [/var/lib/cmon] } # mine',
              )
            : (CASES[code]?.text ?? '');
      const before = parseInventory('a.yaml', text).findings;
      const fix = before.find((finding) => finding.code === code.split(':')[0])?.fix;
      assert.ok(fix !== undefined);
      const mended = applied(text, fix);
      assert.deepEqual(parseInventory('a.yaml', mended).findings, []);
      const comments = (one: string) => one.match(/#.*/g) ?? [];
      assert.deepEqual(comments(mended), comments(text));
    });
  }

  it('keeps its places right with CRLF, a byte order mark and flow style', () => {
    for (const text of [
      VALID.replaceAll('\n', '\r\n').replace('73.200', '73.300'),
      `\uFEFF${VALID}`.replace('73.200', '73.300'),
    ]) {
      const [found] = parseInventory('a.yaml', text).findings;
      assert.ok(found !== undefined);
      assert.equal(found.code, 'address-invalid');
      assert.equal(rangeText(text, found), '192.168.73.300');
    }
  });

  it('reads unquoted MySQL series as the series they are', () => {
    for (const [written, series] of [
      ['8.0', '8.0'],
      ['8.4', '8.4'],
      ['9', '9'],
      ['"8.0"', '8.0'],
    ] as const) {
      const text = changed('scheme: replication', `scheme: replication\n    mysql: { version: ${written} }`);
      assert.equal(parseInventory('a.yaml', text).sites[0]?.mysql.version, series);
    }
  });
});
