import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CHECKS } from '../../../src/core/schemes/replication/checks/table';
import { emergencyChecks } from '../../../src/core/schemes/replication/failover/checks/table';
import { EMERGENCY_TROUBLES } from '../../lab/failover/troubles';
import { PLANNED_TROUBLES } from '../../lab/promote/troubles';
import { EDITED, LAB_CASES } from './tried';

const ROOT = path.join(__dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const emergency = [
  ...new Map(
    [...emergencyChecks('emergency'), ...emergencyChecks('half-way')].map((one) => [one.id, one]),
  ).values(),
];

/** Where a check is seen to fire on a really broken host. */
function labCase(mode: 'planned' | 'emergency', id: string): string | undefined {
  const troubles = mode === 'planned' ? PLANNED_TROUBLES : EMERGENCY_TROUBLES;
  return (
    troubles.find(({ check }) => check === id)?.make ??
    LAB_CASES.find((one) => one.check === id && one.mode === mode)?.name
  );
}

describe('every check', () => {
  for (const [mode, checks] of [
    ['planned', CHECKS],
    ['emergency', emergency],
  ] as const) {
    for (const check of checks) {
      it(`${mode}, ${check.id}: fires on a host that is really broken, or is listed as tried on an edited capture`, () => {
        const edited = EDITED.some((one) => one.check === check.id && one.mode === mode);
        // Also where it is the function of the other mode: what it reads may be asked in one of them alone.
        const lab = labCase(mode, check.id);
        assert.equal(lab !== undefined, !edited, edited ? 'listed as edited, and has a case' : 'no case');
      });
    }
  }

  it('the cases are there, under these names', () => {
    for (const { check, file, name } of LAB_CASES) {
      assert.ok(read(file).includes(`'${name}'`), `${check}: ${file} has no '${name}'`);
    }
    for (const [file, tables] of [
      ['test/lab/promote/refusalsTogether.test.ts', ['STANDBY_AT_REST', 'PRIMARY_AT_WORK']],
      ['test/lab/failover/refusals.test.ts', ['TARGET_IN_DISORDER', 'NETWORK_IN_DISORDER']],
    ] as const) {
      for (const table of tables)
        assert.match(read(file), new RegExp(`\\(\\s*${table}\\b`), `${file}: ${table}`);
    }
  });

  it('no case is of a check that there is not', () => {
    const ids = { planned: CHECKS.map(({ id }) => id), emergency: emergency.map(({ id }) => id) };
    const wrong = [
      ...PLANNED_TROUBLES.map(({ check }) => ({ check, mode: 'planned' as const })),
      ...EMERGENCY_TROUBLES.map(({ check }) => ({ check, mode: 'emergency' as const })),
      ...LAB_CASES,
      ...EDITED,
    ].filter(({ check, mode }) => !ids[mode].includes(check));
    assert.deepEqual(wrong, []);
  });
});

/** Rows of docs/checks.md by id: levels in both modes, and how it is tried. */
const rows = new Map(
  [
    ...read('docs/checks.md').matchAll(/^\| `([a-z-]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm),
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
      for (const mode of EDITED.filter(({ check }) => check === id).map((one) => one.mode)) {
        assert.match(row.tried, new RegExp(`edited( capture)?( \\(${mode}\\))?`));
      }
      if (!EDITED.some(({ check }) => check === id)) assert.match(row.tried, /^broken host/);
    });
  }
});
