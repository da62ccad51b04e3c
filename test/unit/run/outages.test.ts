import assert from 'node:assert/strict';
import { Run } from '../../../src/core/run/executor';
import { foldJournal } from '../../../src/core/run/fold';
import { outageSpans } from '../../../src/core/run/outages';
import { sketchPlan } from './world/plans';
import { World } from './world/world';

const promotion = () =>
  sketchPlan([
    { id: 'services-stop', phase: 'outage', takeMs: 30 },
    { id: 'vip-drop', phase: 'outage', needs: ['services-stop'], takeMs: 10 },
    { id: 'vip-taken', phase: 'outage', needs: ['vip-drop'], host: 'cc2', takeMs: 20 },
    { id: 'open', phase: 'open', needs: ['vip-taken'], host: 'cc2' },
    { id: 'ping', phase: 'after', needs: ['open'], host: 'cc2', takeMs: 40 },
    { id: 'look', phase: 'after', needs: ['ping'], host: 'cc2', takeMs: 500 },
  ]);

describe('what users noticed', () => {
  it('is told for writes, virtual IP and management, each from its own steps', async () => {
    const world = new World(promotion());
    const recheck = () => Promise.resolve({ digest: 'd1', difference: [] });
    const operator = { operator: 'ann', acknowledged: {}, recheck };
    await world.clock.until(new Run(world.deps()).start(world.plan, operator));
    const state = foldJournal(world.plan.id, world.lines());
    const spans = outageSpans(state);
    assert.deepEqual(
      spans.map(({ label }) => label),
      ['Writes', 'Virtual IP', 'Management'],
    );
    const [, vip, management] = spans;
    assert.equal(vip?.startedAtMs, state.record('vip-drop').startedAtMs);
    assert.equal(vip?.endedAtMs, state.record('vip-taken').endedAtMs);
    assert.equal(management?.startedAtMs, state.record('services-stop').startedAtMs);
    assert.equal(management?.endedAtMs, state.record('ping').endedAtMs);
    assert.match(vip?.measuredBy ?? '', /upper bound: "Do vip-drop" begun, until "Do vip-taken" was done/);
    // A step that was tried again tells only of its last try.
    state.record('vip-drop').attempts = 2;
    assert.ok(!outageSpans(state).some(({ id }) => id === 'vip'));
  });
});
