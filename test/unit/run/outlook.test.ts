import assert from 'node:assert/strict';
import { effectOf } from '../../../src/core/run/outlook';
import { Run } from '../../../src/core/run/executor';
import { recheck } from './world/outcome';
import { promotionSketch, sketchPlan, sketchStep } from './world/plans';
import { World } from './world/world';

describe('what would be undone', () => {
  const step = sketchStep({ id: 'close', phase: 'outage', host: 'cc1' });
  const effect = (text: string): string =>
    effectOf({ ...step, ...(step.undo ? { undo: { ...step.undo, effect: text } } : {}) });

  it('names the host once', () => {
    assert.equal(effect('MySQL on cc1 accepts writes again'), 'MySQL on cc1 accepts writes again');
    assert.equal(effect('lsyncd runs again'), 'cc1: lsyncd runs again');
    assert.equal(effect('cc10 is told'), 'cc1: cc10 is told');
  });

  it('after an abort the run says who asked, until it undoes; and nothing is to be mended', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const run = new Run(world.deps());
    const ending = run.start(world.plan, { operator: 'ann', acknowledged: {}, recheck });
    await world.clock.until(world.clock.sleep(30));
    await world.clock.until(run.abort('bob'));
    const { stoppingFor, state } = run.snapshot() ?? {};
    assert.deepEqual([stoppingFor, state], ['bob', 'running']);
    const end = await world.clock.until(ending);
    assert.equal(end.stoppingFor, undefined);
    assert.equal(end.end, 'undone', end.summary);
    assert.doesNotMatch(end.next, /Mend/);
  });
});
