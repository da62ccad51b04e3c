import assert from 'node:assert/strict';
import { isOperatorError, type OperatorErrorCode } from '../../../src/core/errors';
import type { CheckResult, Plan } from '../../../src/core/plan/plan';
import { Run } from '../../../src/core/run/executor';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import type { StartOptions } from '../../../src/core/run/start';
import { assertWhole, recheck, resumeRun, startRun } from './world/outcome';
import { promotionSketch, sketchPlan } from './world/plans';
import { World } from './world/world';

function check(level: CheckResult['level'], outcome: CheckResult['outcome']): CheckResult {
  return { id: 'lag', title: 'Lag', level, outcome, evidence: [], remedy: '' };
}

async function startWith(
  change: Partial<Plan>,
  options: Partial<StartOptions> = {},
  prepare: (world: World) => void = () => undefined,
): Promise<{ end: RunSnapshot; world: World }> {
  const world = new World(sketchPlan(promotionSketch(), change));
  prepare(world);
  const run = new Run(world.deps());
  const end = await world.clock.until(
    run.start(world.plan, { operator: 'ann', acknowledged: {}, recheck, ...options }),
  );
  return { end, world };
}

function assertRefused({ end, world }: { end: RunSnapshot; world: World }, why: RegExp): void {
  assert.equal(end.end, 'refused', end.summary);
  assert.match(end.summary, why);
  assert.deepEqual(world.sent, [], 'a step was sent');
  for (const host of world.hosts.values())
    assert.notEqual(host.lease?.released, false, `${host.name} keeps a lease`);
  assertWhole(world, end);
}

async function rejects(promise: Promise<unknown>, code: OperatorErrorCode): Promise<void> {
  await assert.rejects(
    promise,
    (error: unknown) => isOperatorError(error) && error.code === code && error.next !== '',
  );
}

describe('refusals before any change', () => {
  it('a check that blocks, fired or unknown', async () => {
    assertRefused(await startWith({ checks: [check('block', 'fired')] }), /lag/);
    assertRefused(await startWith({ checks: [check('block', 'unknown')] }), /lag/);
  });

  it('a check that needs a reason and has none, or only white space', async () => {
    const checks = [check('acknowledge', 'fired')];
    assertRefused(await startWith({ checks }), /reason/);
    assertRefused(await startWith({ checks }, { acknowledged: { lag: ' ' } }), /reason/);
    assert.equal((await startWith({ checks }, { acknowledged: { lag: 'known' } })).end.end, 'done');
  });

  it('checks that warn or inform, or passed, do not', async () => {
    const checks = [check('warn', 'fired'), check('inform', 'unknown'), check('block', 'passed')];
    assert.equal((await startWith({ checks })).end.end, 'done');
  });

  it('a secret without a value', async () => {
    assertRefused(await startWith({}, {}, (world) => world.secrets.clear()), /repl/);
  });

  it('a site that has changed since the plan, naming what', async () => {
    const changed = () => Promise.resolve({ digest: 'd2', difference: ['cc2 is 40 s behind'] });
    assertRefused(await startWith({}, { recheck: changed }), /cc2 is 40 s behind/);
  });

  it('a site that can not be read again', async () => {
    assertRefused(await startWith({}, { recheck: () => Promise.reject(new Error('no route')) }), /no route/);
  });

  it('a lease that another plan holds on one host: the other host gets its own back', async () => {
    const held = (world: World): void => {
      const renewedAtMs = world.clock.monotonicMs();
      world.host('cc2').lease = {
        token: 3,
        plan: 'other',
        operator: 'bob/x',
        ttlMs: 30_000,
        renewedAtMs,
        released: false,
      };
    };
    const { end, world } = await startWith({}, {}, held);
    assert.equal(end.end, 'refused');
    assert.match(end.summary, /cc2: bob\/x holds the lease for plan other/);
    assert.equal(world.host('cc1').lease?.released, true);
    assert.equal(world.host('cc2').lease?.released, false, "the other one's lease is untouched");
  });

  it('a token that was overtaken since the plan', async () => {
    const used = (world: World): void => {
      world.host('cc1').lease = {
        token: 7,
        plan: 'o',
        operator: 'b',
        ttlMs: 1,
        renewedAtMs: -9e6,
        released: true,
      };
    };
    assertRefused(await startWith({}, {}, used), /since this plan was made/);
  });

  it('a host that does not answer', async () => {
    assertRefused(await startWith({}, {}, (world) => void world.away.add('cc2')), /cc2/);
  });

  it('an unsound plan, a plan that was run before, a run that has ended', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const unsound = { ...world.plan, pointOfNoReturn: 'nowhere' };
    const options = { operator: 'ann', acknowledged: {}, recheck };
    await rejects(world.clock.until(new Run(world.deps()).start(unsound, options)), 'internal');
    assert.equal(world.journals.size, 0);
    await world.clock.until(startRun(world));
    await rejects(world.clock.until(startRun(world)), 'run-not-resumable');
    await rejects(world.clock.until(resumeRun(world, 'finish')), 'run-not-resumable');
  });
});

describe('abort', () => {
  it('before the point of no return undoes, and says who wished it', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const run = new Run(world.deps());
    const ended = run.start(world.plan, { operator: 'ann', acknowledged: {}, recheck });
    await world.clock.pass(100);
    const before = run.snapshot();
    assert.ok((before?.abortWouldUndo.length ?? 0) > 0, 'nothing to undo yet');
    await world.clock.until(run.abort('ann'));
    const end = await world.clock.until(ended);
    assert.equal(end.end, 'undone');
    assert.match(end.summary, /Aborted by ann/);
    assert.equal(world.executed('open', 'act').length, 0);
    assertWhole(world, end);
  });

  it('after it is refused, and the run goes on', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const run = new Run(world.deps());
    let refused: Promise<void> | undefined;
    world.onMoment = () => {
      if (run.snapshot()?.pastPointOfNoReturn) refused ??= run.abort('ann');
    };
    const end = await world.clock.until(
      run.start(world.plan, { operator: 'ann', acknowledged: {}, recheck }),
    );
    assert.equal(end.end, 'done');
    assert.ok(refused, 'the abort came too late to be refused');
    await rejects(refused, 'internal');
  });

  it('of a plan that may be stopped: what is done stays, nothing new begins, and it goes on later', async () => {
    const world = new World({ ...sketchPlan(promotionSketch()), stoppable: true });
    const run = new Run(world.deps());
    let stopped: Promise<void> | undefined;
    world.onMoment = () => {
      if (run.snapshot()?.pastPointOfNoReturn) stopped ??= run.abort('ann');
    };
    const end = await world.clock.until(
      run.start(world.plan, { operator: 'ann', acknowledged: {}, recheck }),
    );
    await stopped;
    assert.equal(end.end, 'unfinished', end.summary);
    assert.match(end.summary, /Stopped by ann\. \d+ of \d+ steps are done/);
    assert.equal(end.stoppable, true);
    const undone = end.steps.filter(({ state }) => state === 'undone').map(({ id }) => id);
    assert.deepEqual(undone, []);
    world.onMoment = () => undefined;
    const finished = await world.clock.until(resumeRun(world, 'finish'));
    assert.equal(finished.end, 'done', finished.summary);
  });
});
