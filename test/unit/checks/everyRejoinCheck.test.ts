import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { REJOIN_CHECKS } from '../../../src/core/schemes/replication/rejoin/checks/table';
import { ROOT } from './cases';
import { ALL_TROUBLES, REJOIN_CASES, REJOIN_TABLES } from './triedRejoin';
import { holds, howTried, saysHow } from './trying';

const page = readFileSync(path.join(ROOT, 'docs/checks.md'), 'utf8');
const [, section = ''] = page.split('\n## Of a rejoin\n');
const rows = new Map(
  [...section.matchAll(/^\| `([a-z-]+)` \| ([a-z]+) \| [^|]+ \| ([^|]+) \|$/gm)].map(
    ([, id = '', level = '', tried = '']) => [id, { level, tried: tried.trim() }] as const,
  ),
);

describe('every check of a rejoin', () => {
  for (const { id, level } of REJOIN_CHECKS) {
    it(`${id}: is seen to fire, in a case that is there and is run; its row says so`, () => {
      const how = howTried(id, REJOIN_TABLES, REJOIN_CASES);
      assert.ok(how !== undefined, 'no case');
      assert.equal(rows.get(id)?.level, level, 'docs/checks.md');
      const tried = rows.get(id)?.tried ?? '';
      assert.ok(saysHow(tried, { planned: how }), `"${tried}", but it is ${how}`);
    });
  }

  it('each case is there, names its check, and is run', () => {
    holds(REJOIN_TABLES, REJOIN_CASES, ALL_TROUBLES);
  });

  it('no row and no case is of a check that there is not', () => {
    const ids = REJOIN_CHECKS.map(({ id }) => id);
    const named = [...rows.keys(), ...[...ALL_TROUBLES, ...REJOIN_CASES].map(({ check }) => check)];
    assert.deepEqual(
      named.filter((id) => !ids.includes(id)),
      [],
    );
  });
});
