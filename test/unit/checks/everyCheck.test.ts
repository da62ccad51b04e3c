import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CHECKS } from '../../../src/core/schemes/replication/checks/table';
import { emergencyChecks } from '../../../src/core/schemes/replication/failover/checks/table';
import { ROOT } from './cases';
import { CASES, type How, type Mode, TABLES, TROUBLES } from './tried';
import { holds, howTried, saysHow } from './trying';

const emergency = [
  ...new Map(
    [...emergencyChecks('emergency'), ...emergencyChecks('half-way')].map((one) => [one.id, one]),
  ).values(),
];

describe('every check', () => {
  for (const [mode, checks] of [
    ['planned', CHECKS],
    ['emergency', emergency],
  ] as const) {
    for (const { id } of checks) {
      // Also where it is the function of the other mode: what it reads may be asked in one of them alone.
      it(`${mode}, ${id}: is seen to fire, in a case that is there and is run`, () => {
        assert.notEqual(howTried(id, TABLES[mode], CASES[mode]), undefined, 'no case');
      });
    }

    it(`${mode}: each case is there, names its check, and is run`, () => {
      holds(TABLES[mode], CASES[mode], TROUBLES[mode]);
    });

    it(`${mode}: no case is of a check that there is not`, () => {
      const ids = checks.map(({ id }) => id);
      const named = [...TROUBLES[mode], ...CASES[mode]].map(({ check }) => check);
      assert.deepEqual(
        named.filter((id) => !ids.includes(id)),
        [],
      );
    });
  }
});

/** Rows of docs/checks.md by id: levels in both modes, and how it is tried. */
const rows = new Map(
  [
    ...readFileSync(path.join(ROOT, 'docs/checks.md'), 'utf8').matchAll(
      /^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm,
    ),
  ].map(
    ([, id = '', plannedLevel = '', emergencyLevel = '', , tried = '']) =>
      [id, { planned: plannedLevel.trim(), emergency: emergencyLevel.trim(), tried: tried.trim() }] as const,
  ),
);

describe('docs/checks.md', () => {
  it('has a row for each check, and no other', () => {
    const ids = new Set([...CHECKS.map(({ id }) => id), ...emergency.map(({ id }) => id)]);
    assert.deepEqual([...rows.keys()].sort(), [...ids].sort());
  });

  for (const id of rows.keys()) {
    it(`${id}: its levels, and how it was tried`, () => {
      const row = rows.get(id);
      assert.ok(row);
      const there = CHECKS.find((one) => one.id === id);
      const dead = emergency.find((one) => one.id === id);
      assert.equal(row.planned.split(/[ ,;]/)[0], there?.level ?? '–');
      assert.equal(
        row.emergency.split(/[ ,;]/)[0],
        dead === undefined ? '–' : (dead.emergency ?? dead.level),
      );
      const how: Partial<Record<Mode, How>> = {};
      for (const mode of ['planned', 'emergency'] as const) {
        const one = howTried(id, TABLES[mode], CASES[mode]);
        if (one !== undefined) how[mode] = one;
      }
      assert.ok(saysHow(row.tried, how), `"${row.tried}", but it is ${JSON.stringify(how)}`);
    });
  }
});
