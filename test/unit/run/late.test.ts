import assert from 'node:assert/strict';
import { assertWhole, bringToFinalEnd, startRun } from './world/outcome';
import { sketchPlan, type StepSketch } from './world/plans';
import { World } from './world/world';

const steps: readonly StepSketch[] = [
  { id: 'close', phase: 'outage', host: 'cc1' },
  { id: 'open', phase: 'open', host: 'cc2', needs: ['close'] },
  { id: 'cmon', phase: 'after', host: 'cc2', needs: ['open'] },
];

describe('an opening whose connection was lost, and which acts later', () => {
  // Between "it is not open" and the first undo it must not open. The sweep hits every gap of a millisecond.
  it('never opens a site that is being undone, however late it comes', async function () {
    this.timeout(60_000);
    const ends = new Set<string>();
    for (let lateMs = 0; lateMs < 400; lateMs++) {
      const world = new World(sketchPlan(steps));
      world.lateMs = lateMs;
      world.fault = (label, _, count) => {
        if (label.step !== 'open' || label.role !== 'act') return undefined;
        return count === 1 ? 'lose-late' : 'error';
      };
      const end = await world.clock.until(startRun(world));
      await world.clock.pass(1_000);
      assertWhole(world, end);
      ends.add(end.end ?? '');
      if (end.end === 'unfinished') await bringToFinalEnd(world, 'finish');
    }
    assert.deepEqual([...ends].sort(), ['done', 'undone']);
  });
});
