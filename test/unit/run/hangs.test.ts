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

const WAIT_MS = 60_000;

/** `read` waits for a minute on the witness. */
function worldWhereOneWaits(): World {
  const sketches = promotionSketch().map((step) =>
    step.id === 'read' ? { ...step, takeMs: WAIT_MS } : step,
  );
  const plan = sketchPlan(sketches);
  const steps = plan.steps.map((step) =>
    step.id === 'read' ? { ...step, act: { ...step.act, timeoutMs: 2 * WAIT_MS, onlyWaits: true } } : step,
  );
  return new World({ ...plan, steps });
}

function awayFor(place: World, host: string, ms: number): void {
  place.away.add(host);
  void place.clock.sleep(ms).then(() => place.away.delete(host));
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

  for (const [name, trouble] of [
    ['a host that was booted', (place: World) => place.host('cc2').boot()],
    ['a host that is away for 20 s', (place: World) => awayFor(place, 'cc2', 20_000)],
    ['a host whose guard has closed it', (place: World) => place.host('cc2').guardRaises()],
  ] as const) {
    it(`nor does the undo behind a lost lease: ${name}`, async () => {
      const place = world();
      const ending = startRun(place);
      await place.clock.until(place.clock.sleep(3_000));
      trouble(place);
      const end = await place.clock.until(ending);
      assert.equal(end.end, 'undone', end.summary);
      assert.match(end.summary, /The lease on cc2 was lost/);
      assertWhole(place, end);
      assert.ok(place.clock.monotonicMs() < 3_000 + 15_000 + SOON_MS, `${place.clock.monotonicMs()} ms`);
    });
  }

  it('nor does the undo behind a journal that can not be written', async () => {
    const place = world();
    const deps = place.deps();
    let full = false;
    const append: typeof deps.journal.append = (runId, line, sync) => {
      full ||= line.includes('"step-done","step":"vip"');
      return full ? Promise.reject(new Error('ENOSPC')) : deps.journal.append(runId, line, sync);
    };
    const run = new Run({ ...deps, journal: { ...deps.journal, append } });
    const ending = run.start(place.plan, { operator: 'ann', acknowledged: {}, recheck });
    const end = await place.clock.until(ending);
    assert.match(end.summary, /The journal could not be written/);
    assert.equal(end.end, 'undone', end.summary);
    assertWhole(place, end);
    assert.ok(place.clock.monotonicMs() < SOON_MS, `${place.clock.monotonicMs()} ms`);
  });

  it('a host that does not answer the first raise is raised when it does', async () => {
    const place = world();
    const run = new Run(place.deps());
    const ending = run.start(place.plan, { operator: 'ann', acknowledged: {}, recheck });
    await place.clock.until(place.clock.sleep(3_000));
    awayFor(place, 'cc1', 40_000);
    await place.clock.until(run.abort('bob'));
    const end = await place.clock.until(ending);
    assert.equal(end.end, 'undone', end.summary);
    assertWhole(place, end);
    assert.ok(place.clock.monotonicMs() < 43_000 + SOON_MS, `${place.clock.monotonicMs()} ms`);
  });

  it('an abort behind another stop raises once more what has survived the first raise', async () => {
    const place = world();
    place.host('cc1').survivesRaises = true;
    place.fault = (label) => (label.step === 'wait' && label.role === 'act' ? 'error' : undefined);
    const run = new Run(place.deps());
    const ending = run.start(place.plan, { operator: 'ann', acknowledged: {}, recheck });
    await place.clock.until(place.clock.sleep(60_000));
    assert.equal(run.snapshot()?.state, 'running');
    place.host('cc1').survivesRaises = false;
    const asked = place.clock.monotonicMs();
    await place.clock.until(run.abort('bob'));
    const end = await place.clock.until(ending);
    assert.equal(end.end, 'undone', end.summary);
    assertWhole(place, end);
    assert.ok(place.clock.monotonicMs() - asked < SOON_MS, `${place.clock.monotonicMs() - asked} ms`);
  });

  it('what only waits is not waited for, on a host without a lease neither', async () => {
    const place = worldWhereOneWaits();
    const run = new Run(place.deps());
    const ending = run.start(place.plan, { operator: 'ann', acknowledged: {}, recheck });
    await place.clock.until(place.clock.sleep(5_000));
    const asked = place.clock.monotonicMs();
    await place.clock.until(run.abort('bob'));
    const end = await place.clock.until(ending);
    assert.equal(end.end, 'undone', end.summary);
    assertWhole(place, end);
    assert.ok(place.clock.monotonicMs() - asked < 1_000, `${place.clock.monotonicMs() - asked} ms`);
    const read = end.steps.find(({ id }) => id === 'read');
    assert.match(read?.reason ?? '', /its end was not waited for/);
  });

  it('what only waits comes to its end where nobody stops it', async () => {
    const place = worldWhereOneWaits();
    const end = await place.clock.until(startRun(place));
    assert.equal(end.end, 'done', end.summary);
    assert.ok(place.clock.monotonicMs() >= WAIT_MS);
  });

  it('without a stop it has the time that it needs', async () => {
    const place = world();
    const end = await place.clock.until(startRun(place));
    assert.equal(end.end, 'done', end.summary);
  });
});
