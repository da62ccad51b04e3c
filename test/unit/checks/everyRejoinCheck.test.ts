import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { REJOIN_CHECKS } from '../../../src/core/schemes/replication/rejoin/checks/table';
import { REJOIN_TROUBLES } from '../../lab/rejoin/troubles';
import { REJOIN_CASES, REJOIN_EDITED } from './triedRejoin';

const ROOT = path.join(__dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const [, section = ''] = read('docs/checks.md').split('\n## Of a rejoin\n');
const rows = new Map(
  [...section.matchAll(/^\| `([a-z-]+)` \| ([a-z]+) \| [^|]+ \| ([^|]+) \|$/gm)].map(
    ([, id = '', level = '', tried = '']) => [id, { level, tried: tried.trim() }] as const,
  ),
);

describe('every check of a rejoin', () => {
  for (const { id, level } of REJOIN_CHECKS) {
    it(`${id}: fires on a host that is really broken, or is listed as tried on an edited capture`, () => {
      const lab =
        REJOIN_TROUBLES.some(({ check }) => check === id) || REJOIN_CASES.some(([check]) => check === id);
      const edited = REJOIN_EDITED.includes(id);
      assert.equal(lab, !edited, edited ? 'listed as edited, and has a case' : 'no case');
      assert.equal(rows.get(id)?.level, level, 'docs/checks.md');
      assert.match(rows.get(id)?.tried ?? '', edited ? /^edited capture: / : /^broken host/);
    });
  }

  it('no row and no case is of a check that there is not', () => {
    const ids = REJOIN_CHECKS.map(({ id }) => id);
    const named = [
      ...rows.keys(),
      ...REJOIN_TROUBLES.map(({ check }) => check),
      ...REJOIN_CASES.map(([check]) => check),
      ...REJOIN_EDITED,
    ];
    assert.deepEqual(
      named.filter((id) => !ids.includes(id)),
      [],
    );
  });

  it('the cases are there, under these names', () => {
    for (const [check, file, name] of REJOIN_CASES) {
      assert.ok(read(file).includes(`'${name}'`), `${check}: ${file} has no '${name}'`);
    }
    for (const table of ['BEFORE_A_REJOIN', 'BEFORE_A_CLONE', 'WITHOUT_THE_PLUGIN']) {
      assert.ok(read('test/lab/rejoin/refusals.test.ts').includes(`eachFires(lab, ${table}, plan)`), table);
    }
  });
});
