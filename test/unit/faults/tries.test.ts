import assert from 'node:assert/strict';
import type { CellResult } from '../../lab/faults/runCell';
import { tried } from '../../lab/faults/tries';

const HELD: CellResult = {
  ...{ held: true, violated: false, blind: false },
  ...{ ends: 'done -> done', why: '', seconds: 1, phases: '' },
};
const FAILED: CellResult = { ...HELD, held: false, ends: '', why: 'it did not end' };
const BLIND: CellResult = { ...FAILED, blind: true, why: 'blind' };
const BROKEN: CellResult = { ...FAILED, violated: true, why: 'I1' };

describe('fault matrix: how often a cell is tried', () => {
  const cases: readonly [
    string,
    readonly CellResult[],
    { held: boolean; runs: number; earlier: string[] },
  ][] = [
    ['held', [HELD], { held: true, runs: 1, earlier: [] }],
    ['failed once', [FAILED, HELD], { held: true, runs: 2, earlier: ['it did not end'] }],
    ['failed twice', [FAILED, FAILED, HELD], { held: false, runs: 2, earlier: ['it did not end'] }],
    ['broken', [BROKEN, HELD], { held: false, runs: 1, earlier: [] }],
    ['blind, then broken', [BLIND, BROKEN, HELD], { held: false, runs: 2, earlier: ['blind'] }],
    ['blind twice', [BLIND, BLIND, HELD], { held: true, runs: 3, earlier: ['blind', 'blind'] }],
    ['blind for ever', [BLIND, BLIND, BLIND, HELD], { held: false, runs: 3, earlier: ['blind', 'blind'] }],
    [
      'blind, then failed, then held',
      [BLIND, FAILED, HELD],
      { held: true, runs: 3, earlier: ['blind', 'it did not end'] },
    ],
    [
      'blind, then failed twice',
      [BLIND, FAILED, FAILED, HELD],
      { held: false, runs: 3, earlier: ['blind', 'it did not end'] },
    ],
  ];
  for (const [name, results, expected] of cases) {
    it(name, async () => {
      let runs = 0;
      const { held, earlier } = await tried(() => Promise.resolve(results[runs++] ?? HELD));
      assert.deepEqual({ held, runs, earlier }, expected);
    });
  }
});
