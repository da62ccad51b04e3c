import assert from 'node:assert/strict';
import { Run } from '../../../src/core/run/executor';
import type { JournalLine } from '../../../src/core/run/events';
import { promotionSketch, sketchPlan } from './world/plans';
import { LATENCY_MS, SECRET, SYNC_MS, World } from './world/world';

const recheck = () => Promise.resolve({ digest: 'd1', difference: [] });

describe('a run that nothing disturbs', () => {
  it('brings every effect and ends done, with the lease given back', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const run = new Run(world.deps());
    const end = await world.clock.until(
      run.start(world.plan, { operator: 'ann', acknowledged: {}, recheck }),
    );
    assert.equal(end.end, 'done', end.summary);
    assert.deepEqual(
      world.effects(),
      world.plan.steps.map((step) => step.id).filter((id) => id !== 'read'),
    );
    assert.deepEqual(world.violations, []);
    assert.equal(world.host('cc1').lease?.released, true);
    assert.equal(world.host('cc2').lease?.released, true);
  });

  it('loses no time between the end of a step and the start of those that wait for it', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    await world.clock.until(
      new Run(world.deps()).start(world.plan, { operator: 'ann', acknowledged: {}, recheck }),
    );
    const [stop] = world.executed('stop', 'act');
    const [open] = world.executed('open', 'act');
    // stop -> vip (40 ms, the longest branch) -> open (5 ms), one latency each, and the one intent on disk.
    assert.equal((open?.atMs ?? 0) - (stop?.atMs ?? 0), 40 + 5 + 2 * LATENCY_MS + SYNC_MS);
  });

  it('keeps the secret out of journal and snapshot, and puts it into standard input', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const end = await world.clock.until(
      new Run(world.deps()).start(world.plan, { operator: 'ann', acknowledged: {}, recheck }),
    );
    const output = end.steps.find((step) => step.id === 'reverse')?.output ?? '';
    assert.match(output, /PASSWORD='\{\{secret:repl\}\}'/);
    assert.equal(world.journalText().includes(SECRET), false);
    assert.equal(world.journalText().includes('s3cr3t'), false);
  });

  it('writes the intent of the outage and that of the opening before their first action', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    await world.clock.until(
      new Run(world.deps()).start(world.plan, { operator: 'ann', acknowledged: {}, recheck }),
    );
    const events = world
      .journalText()
      .split('\n')
      .map((line) => (JSON.parse(line) as JournalLine).event);
    const at = (type: string, step: string) =>
      events.findIndex((event) =>
        event.type === 'phase-intended'
          ? type === event.type && event.steps.includes(step)
          : event.type === type && 'step' in event && event.step === step,
      );
    assert.ok(at('phase-intended', 'stop') < at('step-started', 'stop'));
    assert.ok(at('phase-intended', 'open') < at('step-started', 'open'));
    assert.ok(at('step-done', 'reset') < at('phase-intended', 'open'));
    assert.equal(events.at(-1)?.type, 'run-ended');
  });
});
