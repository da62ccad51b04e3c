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
  const cases: readonly [string, readonly CellResult[], { held: boolean; runs: number; firstWhy: string }][] =
    [
      ['held', [HELD], { held: true, runs: 1, firstWhy: '' }],
      ['failed once', [FAILED, HELD], { held: true, runs: 2, firstWhy: 'it did not end' }],
      ['failed twice', [FAILED, FAILED, HELD], { held: false, runs: 2, firstWhy: 'it did not end' }],
      ['broken', [BROKEN, HELD], { held: false, runs: 1, firstWhy: '' }],
      ['blind, then broken', [BLIND, BROKEN, HELD], { held: false, runs: 2, firstWhy: 'blind' }],
      ['blind twice', [BLIND, BLIND, HELD], { held: true, runs: 3, firstWhy: 'blind' }],
      ['blind for ever', [BLIND, BLIND, BLIND, HELD], { held: false, runs: 3, firstWhy: 'blind' }],
      [
        'blind, then failed twice',
        [BLIND, FAILED, FAILED, HELD],
        { held: false, runs: 3, firstWhy: 'blind' },
      ],
    ];
  for (const [name, results, expected] of cases) {
    it(name, async () => {
      let runs = 0;
      const { held, firstWhy } = await tried(() => Promise.resolve(results[runs++] ?? HELD));
      assert.deepEqual({ held, runs, firstWhy }, expected);
    });
  }
});
