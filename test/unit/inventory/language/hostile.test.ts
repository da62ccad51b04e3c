import assert from 'node:assert/strict';
import fc from 'fast-check';
import { InventoryLanguage } from '../../../../src/core/inventory/language/language';
import type { OutlineItem } from '../../../../src/core/inventory/language/outline';
import { parseInventory } from '../../../../src/core/inventory/parse';
import { PAIR } from './marked';

const FILE = 'a.yaml';

function inside(text: string, { start, end }: { start: number; end: number }): void {
  assert.ok(start >= 0 && start <= end && end <= text.length + 1, `${start} to ${end} of ${text.length}`);
}

function outlineInside(text: string, start: number, items: readonly OutlineItem[]): void {
  for (const { range, selection, children } of items) {
    inside(text, { start: start + range.start, end: start + range.end });
    assert.ok(range.start <= selection.start && selection.end <= range.end);
    outlineInside(text, start, children);
  }
}

/** Everything that the editor asks while somebody types at a place. */
function survives(text: string, offset: number, limitMs = 8000): void {
  const language = new InventoryLanguage();
  const start = performance.now();
  parseInventory(FILE, text);
  for (const { replace } of language.completions(text, offset, {})) {
    inside(text, replace);
    assert.ok(
      replace.start <= offset && offset <= replace.end,
      'a completion replaces what the cursor is in',
    );
    assert.doesNotMatch(text.slice(replace.start, replace.end), /\n/, 'never more than its line');
  }
  const hover = language.hover(FILE, text, offset);
  if (hover !== undefined) inside(text, hover.range);
  for (const { start, item } of language.outline(FILE, text)) outlineInside(text, start, [item]);
  for (const { at } of language.lenses(FILE, text)) inside(text, at);
  const named = language.controller(FILE, text, offset);
  if (named !== undefined) inside(text, named.definition);
  assert.ok(performance.now() - start < limitMs, `took ${performance.now() - start} ms`);
}

const EVIL = [
  "'",
  '"',
  '`',
  '$(reboot)',
  ';',
  '\n',
  '\r',
  '\\',
  '{',
  '}',
  '!',
  '#',
  '../',
  '%',
  '|',
  '&',
  ']]',
  '\u0000',
  '\u202e',
  '\t',
  '${1:x}',
  '[x](command:y)',
];

describe('the language over hostile text', function () {
  this.timeout(60_000);

  it('survives every prefix of a real file, at its end and in its middle', () => {
    for (let length = 0; length <= PAIR.length; length++) {
      survives(PAIR.slice(0, length), length);
      survives(PAIR, length);
    }
  });

  it('survives every prefix of one with CRLF, tabs and a byte order mark', () => {
    const windows = `\uFEFF${PAIR.replaceAll('\n', '\r\n')}`;
    for (const text of [windows, PAIR.replaceAll('    ', '\t')]) {
      for (let length = 0; length <= text.length; length++) survives(text.slice(0, length), length);
    }
    assert.deepEqual(parseInventory(FILE, windows).findings, []);
  });

  it('survives any change at any place', () => {
    const put = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom(...EVIL));
    fc.assert(
      fc.property(fc.nat(PAIR.length), fc.nat(20), put, (at, cut, text) => {
        survives(PAIR.slice(0, at) + text + PAIR.slice(at + cut), at + text.length);
      }),
      { numRuns: 800 },
    );
  });

  const line = 'x'.repeat(1_000_000);
  const texts: Record<string, string> = {
    'a line of a megabyte': `version: 1\nsites:\n  dc1:\n    vip: ${line}`,
    'a key of a megabyte': `version: 1\nsites:\n  ${line}:\n    vip: 1`,
    'braces of a megabyte': `version: 1\nsites: ${'{ a: '.repeat(200_000)}`,
    'quotes of a megabyte': `version: 1\nsites:\n  dc1: "${"'".repeat(1_000_000)}`,
    'a megabyte of lines': `version: 1\nsites:\n${'    a\n'.repeat(160_000)}`,
    'ever deeper lines': Array.from({ length: 2000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n'),
    'a bomb of aliases': `version: 1\nsites:\n  a: &a [${'x, '.repeat(9)}x]\n${'  b: &a [*a, *a, *a, *a, *a]\n'.repeat(30)}`,
    'tabs, CRLF and a byte order mark': `\uFEFFversion: 1\r\nsites:\r\n\tdc1:\r\n\t\tvip: |`,
    'a megabyte of spaces': `version: 1\nsites:\n${' '.repeat(1_000_000)}a`,
    'colons of a megabyte': `version: 1\nsites:\n  ${'a:'.repeat(500_000)}`,
    'words of a megabyte': `version: 1\nsites:\n  ${'a '.repeat(500_000)}: b`,
  };
  for (const [name, text] of Object.entries(texts)) {
    it(`survives ${name}`, () => {
      for (const offset of [0, Math.floor(text.length / 2), text.length]) survives(text, offset);
      assert.ok(parseInventory(FILE, text).findings.length > 0, 'it is said what is wrong');
    });
  }

  it('takes each of these for no name, address or path, and says so at its place', () => {
    const places: readonly ((value: string) => string)[] = [
      (value) => PAIR.replace('vip: 192.168.73.200', `vip: ${value}`),
      (value) => PAIR.replace('cc1:', `${value}:`),
      (value) => PAIR.replace('name: prom', `name: ${value}`),
      (value) => PAIR.replace('user: admin', `user: ${value}`),
      (value) => PAIR.replace('# here', `interface: ${value}`),
      (value) => PAIR.replace('# here', `sync: { directories: [${value}] }`),
      (value) => PAIR.replace('# here', `mysql: { socket: ${value} }`),
      (value) => PAIR.replace('# here', `services: [cmon, ${value}]`),
    ];
    for (const evil of EVIL) {
      for (const place of places) {
        const text = place(JSON.stringify(`/${evil}b`));
        const { sites, findings } = parseInventory(FILE, text);
        assert.deepEqual(sites, [], text);
        const [finding] = findings.filter(({ severity }) => severity === 'error');
        assert.ok(finding?.where.kind === 'inventory' && finding.where.at !== undefined, text);
        survives(text, finding.where.at.end);
      }
    }
  });
});
