import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readDocument } from '../../../src/core/inventory/document';
import type { InventoryDocument } from '../../../src/core/inventory/document';
import { parseInventory } from '../../../src/core/inventory/parse';
import { readPieces } from '../../../src/core/inventory/pieces';
import { readYaml } from '../../../src/core/inventory/yamlPart';
import { pathKey } from '../../../src/core/inventory/tree';

const site = (name: string, third: number): string => `  ${name}: # a site
    scheme: replication
    vip: 10.0.${third}.200
    controllers:
      cc1: { address: 10.0.${third}.201, priority: 105 }
      "cc2": { address: 10.0.${third}.202 }

    prometheus: { address: 10.0.${third}.209 }
    sync: { directories: [/var/lib/cmon] }
  # behind it
`;
const TEXT = `# first\nversion: 1\nsites: # all\n${site('a', 1)}${site('b', 2)}${site('c', 3)}`;

function paths(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, below]) => paths(below, [...path, key]))];
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Blanks and comments behind the last value of a site may count as its own or not. */
function sameRange(text: string, one: Span | undefined, other: Span | undefined, path: string): void {
  if (one === undefined || other === undefined || one.end === other.end || one.start !== other.start) {
    assert.deepEqual(one, other, path);
    return;
  }
  const between = text.slice(Math.min(one.end, other.end), Math.max(one.end, other.end));
  assert.match(between, /^(?:\s|#[^\n]*)*$/, path);
}

/** The same text read whole. */
function agreesWithWhole(text: string, document: InventoryDocument): void {
  const whole = readYaml(text);
  assert.equal(document.problems.length === 0, whole.problems.length === 0, text);
  if (whole.problems.length > 0) return;
  assert.deepEqual(document.value, whole.value, text);
  for (const path of paths(whole.value).filter((one) => one.length > 1)) {
    for (const part of ['key', 'value', 'entry'] as const) {
      sameRange(text, document.rangeOf(path, part), whole.ranges.get(pathKey(path))?.[part], path.join('.'));
    }
  }
}

describe('a text read site by site', function () {
  this.timeout(60_000);

  it('says the same as the text read whole', () => {
    assert.equal(readPieces(TEXT)?.sites.length, 3);
    agreesWithWhole(TEXT, readDocument('a.yaml', TEXT));
    const crlf = TEXT.replaceAll('\n', '\r\n');
    assert.equal(readPieces(crlf)?.sites.length, 3);
    agreesWithWhole(crlf, readDocument('a.yaml', crlf));
  });

  it('says the same after anything was cut out or put in', () => {
    const put = fc.oneof(
      fc.string({ maxLength: 4 }),
      fc.constantFrom(
        '\n',
        '"',
        "'",
        '{',
        '}',
        ' [',
        ': ',
        '\n  d:\n',
        '\nx: 1\n',
        '|\n',
        '> ',
        '# ',
        '\n  }',
        '? ',
        '- ',
        '&a ',
        '*a',
        '\t',
        '---\n',
      ),
    );
    fc.assert(
      fc.property(fc.nat(TEXT.length), fc.nat(12), put, (at, cut, text) => {
        const changed = TEXT.slice(0, at) + text + TEXT.slice(at + cut);
        agreesWithWhole(changed, readDocument('a.yaml', changed));
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the findings of an unchanged site at its new place', () => {
    const before = parseInventory('a.yaml', TEXT).findings;
    const more = '    # one\n    # and two\n';
    const text = TEXT.replace('  a: # a site\n', `  a: # a site\n${more}`);
    const after = parseInventory('a.yaml', text).findings;
    assert.equal(before.length, 3);
    for (const [index, { where, fix }] of after.entries()) {
      const old = before[index];
      assert.ok(where.kind === 'inventory' && old?.where.kind === 'inventory');
      assert.equal(where.at?.start, (old.where.at?.start ?? 0) + more.length);
      assert.equal(text.slice(where.at?.start, where.at?.end), '/var/lib/cmon');
      assert.deepEqual(fix?.edits[0]?.range, where.at);
    }
  });

  it('reads only the site again that was changed', () => {
    const first = readDocument('a.yaml', TEXT).value as { sites: Record<string, unknown> };
    const second = readDocument('a.yaml', TEXT.replace('10.0.2.200', '10.0.2.199')).value as typeof first;
    assert.equal(second.sites['a'], first.sites['a']);
    assert.notEqual(second.sites['b'], first.sites['b']);
  });
});
