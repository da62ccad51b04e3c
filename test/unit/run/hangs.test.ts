import assert from 'node:assert/strict';
import { Run } from '../../../src/core/run/executor';
import { assertWhole, recheck, startRun } from './world/outcome';
import { promotionSketch, type StepSketch, sketchPlan } from './world/plans';
import { World } from './world/world';

const COPY_MS = 300_000;
/** Grace, what a raise waits for a script, the undo. */
const SOON_MS = 30_000;

/** `files` copies for five minutes, as the bringing over of a backlog may. */
const slow: readonly StepSketch[] = promotionSketch().map((step) =>
  step.id === 'files' ? { ...step, takeMs: COPY_MS } : step,
);

function world(): World {
  const plan = sketchPlan(slow);
  const steps = plan.steps.map((step) =>
    step.id === 'files' ? { ...step, act: { ...step.act, timeoutMs: 2 * COPY_MS } } : step,
  );
  return new World({ ...plan, steps });
}

describe('what hangs behind a stop', () => {
  it('an abort does not wait for its time limit', async () => {
    const place = world();
    const run = new Run(place.deps());
    const ending = run.start(place.plan, { operator: 'ann', acknowledged: {}, recheck });
    await place.clock.until(place.clock.sleep(5_000));
    const asked = place.clock.monotonicMs();
    await place.clock.until(run.abort('bob'));
    const end = await place.clock.until(ending);
    assert.equal(end.end, 'undone', end.summary);
    assertWhole(place, end);
    assert.ok(place.clock.monotonicMs() - asked < SOON_MS, `${place.clock.monotonicMs() - asked} ms`);
  });

  it('nor does the undo of a step that failed beside it', async () => {
    const place = world();
    place.fault = (label) => (label.step === 'wait' && label.role === 'act' ? 'error' : undefined);
    const end = await place.clock.until(startRun(place));
    assert.equal(end.end, 'undone', end.summary);
    assertWhole(place, end);
    assert.ok(place.clock.monotonicMs() < SOON_MS, `${place.clock.monotonicMs()} ms`);
  });

  it('without a stop it has the time that it needs', async () => {
    const place = world();
    const end = await place.clock.until(startRun(place));
    assert.equal(end.end, 'done', end.summary);
  });
});
