import assert from 'node:assert/strict';
import { examineConfigFile } from '../../../src/core/configFiles/examine';
import { CONFIG_FILE_RULES } from '../../../src/core/configFiles/table';
import type { Finding, TextFix } from '../../../src/core/findings/finding';
import { parseInventories } from '../../../src/core/inventory/parse';
import { STRUCTURE } from '../../../src/core/inventory/structure';
import { SET_RULES, SITE_RULES } from '../../../src/core/schemes/replication/rules/table';
import { stateFindings } from '../../../src/core/schemes/replication/state/findings';
import { STATE_RULES } from '../../../src/core/schemes/replication/state/table';
import { viewOf } from '../../../src/core/schemes/replication/state/view';
import { ALL_CASES } from '../configFiles/allCases';
import { inventory, SITE_CASES } from '../inventory/siteCases';
import { STRUCTURE_CASES, VALID } from '../inventory/structureCases';
import { exampleSite, observed } from '../observation';
import { observationOf, STATE_CASES } from './stateCases';

/** What is said where a code must fire, and where it must not; the text of the first, where there is one. */
interface Pair {
  readonly fires: () => readonly Finding[];
  readonly silent: () => readonly Finding[];
  readonly text?: string;
  readonly again?: (text: string) => readonly Finding[];
}

const ofInventory = (text: string): readonly Finding[] =>
  parseInventories([{ file: 'a.yaml', text }]).findings;

function inventoryPair(text: string, silent: string): Pair {
  return { fires: () => ofInventory(text), silent: () => ofInventory(silent), text, again: ofInventory };
}

const TWICE = ['a.yaml', 'b.yaml'].map((file) => ({ file, text: inventory() }));
const site = exampleSite();
const documented = exampleSite('    profile: documented\n');

/** Every case of the product by its code. A code without one is missing here, and so it fails below. */
const PAIRS: ReadonlyMap<string, Pair> = new Map<string, Pair>([
  ...Object.entries(STRUCTURE_CASES).map(([code, { text }]): [string, Pair] => [
    code,
    inventoryPair(text, VALID),
  ]),
  [
    'site-name-duplicate',
    {
      fires: () => parseInventories(TWICE).findings,
      silent: () => parseInventories(TWICE.slice(1)).findings,
    },
  ],
  ...Object.entries(SITE_CASES).map(([code, { text }]): [string, Pair] => [
    code,
    inventoryPair(text, inventory()),
  ]),
  ...Object.entries(STATE_CASES).map(([code, one]): [string, Pair] => [
    code,
    {
      fires: () => stateFindings(viewOf(one.documented === true ? documented : site, observationOf(one))),
      silent: () => stateFindings(viewOf(site, observed())),
    },
  ]),
  ...Object.entries(ALL_CASES).map(([code, { file, keepalived, fires, silent }]): [string, Pair] => {
    const beside = keepalived === undefined ? {} : { keepalived };
    const again = (text: string): readonly Finding[] => examineConfigFile(file, text, file, beside) ?? [];
    return [code, { fires: () => again(fires), silent: () => again(silent), text: fires, again }];
  }),
]);

const TABLES = {
  'the text of an inventory': Object.values(STRUCTURE),
  'a site of an inventory': [...SITE_RULES, ...SET_RULES],
  'the hosts': STATE_RULES,
  'configuration files': CONFIG_FILE_RULES,
};

function applied(text: string, { edits }: TextFix): string {
  return [...edits]
    .sort((a, b) => b.range.start - a.range.start || b.range.end - a.range.end)
    .reduce((now, { range, newText }) => now.slice(0, range.start) + newText + now.slice(range.end), text);
}

const count = (findings: readonly Finding[], code: string): number =>
  findings.filter((finding) => finding.code === code).length;

/** How many of the findings with a fix were mended here. */
let mended = 0;

for (const [table, rules] of Object.entries(TABLES)) {
  describe(`every code of ${table}`, () => {
    for (const { code } of rules) {
      it(`${code} fires, is silent elsewhere, and is gone after its fix`, () => {
        const pair = PAIRS.get(code);
        assert.ok(pair !== undefined, `no case for ${code}`);
        const said = pair.fires();
        assert.ok(count(said, code) > 0, `it does not fire: ${said.map((one) => one.code).join(' ')}`);
        assert.equal(count(pair.silent(), code), 0, 'it fires where it must not');
        for (const { fix } of said.filter((one) => one.code === code)) {
          if (fix === undefined) continue;
          assert.ok(pair.text !== undefined && pair.again !== undefined, 'a fix needs a text');
          const after = pair.again(applied(pair.text, fix));
          assert.ok(count(after, code) < count(said, code), 'the fix leaves its finding');
          mended++;
        }
      });
    }
  });
}

describe('every code', () => {
  it('that has a case is one of a table', () => {
    const codes = new Set(Object.values(TABLES).flatMap((rules) => rules.map(({ code }) => code)));
    assert.deepEqual(
      [...PAIRS.keys()].filter((code) => !codes.has(code)),
      [],
    );
  });

  it('with a fix had it applied', () => assert.ok(mended >= 40, `${mended} fixes`));
});
