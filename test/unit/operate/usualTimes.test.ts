import assert from 'node:assert/strict';
import { median, usualTimes, withUsualTimes } from '../../../src/core/operate/usualTimes';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import { startRun } from '../run/world/outcome';
import { promotionSketch, sketchPlan } from '../run/world/plans';
import { World } from '../run/world/world';

async function runTaking(takeMs: number): Promise<RunSnapshot> {
  const steps = promotionSketch().map((step) => (step.id === 'prepass' ? { ...step, takeMs } : step));
  const world = new World(sketchPlan(steps));
  return world.clock.until(startRun(world));
}

describe('what steps usually take', () => {
  it('is the median of the last runs of this operation on this site that were done', async () => {
    const runs = await Promise.all([30, 100, 60].map(runTaking));
    const [first] = runs;
    assert.ok(first);
    const slow = await runTaking(3_000);
    const others: RunSnapshot[] = [
      { ...slow, end: 'undone' },
      { ...slow, plan: { ...slow.plan, site: 'dc2' } },
      { ...slow, plan: { ...slow.plan, operation: 'rejoin' } },
    ];
    const usual = usualTimes([...runs, ...others], 'dc1', 'promote').get('prepass') ?? 0;
    assert.ok(usual >= 60 && usual < 80, String(usual));
  });

  it('stands in the plan; where nothing is known, what was measured on the lab', () => {
    const plan = withUsualTimes(sketchPlan(promotionSketch()), new Map([['prepass', 61.7]]));
    assert.equal(plan.steps.find(({ id }) => id === 'prepass')?.usualMs, 62);
    assert.equal(plan.steps.find(({ id }) => id === 'read')?.usualMs, 10);
  });

  it('the median of two is the upper one, of none 0', () => {
    assert.deepEqual([median([5, 1]), median([3, 1, 2]), median([])], [5, 2, 0]);
  });
});
