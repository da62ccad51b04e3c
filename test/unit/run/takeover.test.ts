import assert from 'node:assert/strict';
import { isOperatorError } from '../../../src/core/errors';
import { Run } from '../../../src/core/run/executor';
import { foldJournal } from '../../../src/core/run/fold';
import { assertWhole, resumeRun, startRun } from './world/outcome';
import { promotionSketch, sketchPlan } from './world/plans';
import { FakeProcess } from './world/process';
import { World } from './world/world';

/** A promotion whose rsync pre-pass takes so long that somebody may lose patience. */
function slowWorld(): World {
  const steps = promotionSketch().map((step) => (step.id === 'prepass' ? { ...step, takeMs: 20_000 } : step));
  const world = new World(sketchPlan(steps));
  const plan = { ...world.plan, steps: world.plan.steps.map(patient) };
  return new World(plan);
}

function patient(step: World['plan']['steps'][number]): World['plan']['steps'][number] {
  return step.id === 'prepass' ? { ...step, act: { ...step.act, timeoutMs: 60_000, unlocked: true } } : step;
}

describe('two processes on one run', () => {
  it('a running one is not overtaken by accident', async () => {
    const world = slowWorld();
    const first = startRun(world);
    await world.clock.pass(3_000);
    const lines = world.lines().length;
    await assert.rejects(
      world.clock.until(resumeRun(world, 'undo')),
      (error: unknown) => isOperatorError(error) && error.code === 'lease-held',
    );
    assert.ok((world.lines().length ?? 0) >= (lines ?? 0));
    assert.equal((await world.clock.until(first)).end, 'done');
    assert.deepEqual(world.violations, []);
  });

  it('who takes over a site that has changed is refused before the other one is ended', async () => {
    const world = slowWorld();
    const first = startRun(world);
    await world.clock.pass(3_000);
    const other = { ...world.plan, id: 'dc1-close-2', takesOver: [world.plan.id] };
    const refused = await world.clock.until(
      new Run(world.deps(new FakeProcess())).start(other, {
        operator: 'ben',
        acknowledged: {},
        recheck: () => Promise.resolve({ digest: 'd2', difference: ['cc1 is closed by now'] }),
      }),
    );
    assert.equal(refused.end, 'refused');
    assert.match(refused.summary, /cc1 is closed by now.*Nothing was changed/);
    assert.equal((await world.clock.until(first)).end, 'done');
    assert.deepEqual(world.violations, []);
  });

  it('one that is overtaken knowingly stops, undoes nothing and says why', async () => {
    const world = slowWorld();
    const first = startRun(world);
    await world.clock.pass(3_000);
    const second = await world.clock.until(resumeRun(world, 'undo', undefined, true));
    assert.equal(second.end, 'undone', second.summary);
    const overtaken = await world.clock.until(first);
    assert.equal(overtaken.end, 'unfinished');
    assert.match(overtaken.summary, /taken over/);
    assertWhole(world, second);
    // The journal tells the story of the one who took over, whatever the other one still wrote.
    const state = foldJournal(world.plan.id, world.lines());
    assert.equal(state.end, 'undone');
  });

  it('one that sleeps past the opening and is overtaken does not finish beside the other', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const sleeper = new FakeProcess();
    world.onMoment = (moment, who) => {
      if (moment === 'after-execute' && who === sleeper && world.effects().includes('open')) sleeper.stop();
    };
    const first = startRun(world, sleeper);
    await world.clock.pass(500);
    const second = await world.clock.until(resumeRun(world, 'finish', undefined, true));
    assert.equal(second.end, 'done', second.summary);
    world.onMoment = () => undefined;
    const before = world.sent.length;
    sleeper.continue();
    const overtaken = await world.clock.until(first);
    assert.match(overtaken.summary, /taken over/);
    assert.ok(
      world.sent.length - before <= 2,
      'cmon and reverse were under way together, nothing came after',
    );
    assertWhole(world, second);
  });

  it('a plan that ran since then ends the matter', async () => {
    const world = slowWorld();
    const process = new FakeProcess();
    void startRun(world, process);
    await world.clock.pass(3_000);
    process.kill();
    await world.clock.pass(60_000);
    for (const host of ['cc1', 'cc2']) {
      const renewedAtMs = world.clock.monotonicMs();
      world.host(host).lease = {
        token: 20,
        plan: 'later',
        operator: 'bob/x',
        ttlMs: 1,
        renewedAtMs,
        released: true,
      };
      world.host(host).operation = {
        ...{ plan: 'later', operation: 'promote', target: 'cc1', operator: 'bob', sinceMs: 1, place: 'done' },
      };
    }
    await assert.rejects(
      world.clock.until(resumeRun(world, 'undo')),
      (error: unknown) =>
        isOperatorError(error) && error.code === 'run-not-resumable' && /later/.test(error.message),
    );
  });
});

describe('a lease that can not be renewed', () => {
  for (const [name, hosts] of [
    ['one host', ['cc2']],
    ['all hosts', ['cc1', 'cc2']],
  ] as const) {
    it(`${name}: nothing more is sent after half of its life, and what was done is undone when they answer`, async () => {
      const world = slowWorld();
      const run = startRun(world);
      await world.clock.pass(1_000);
      for (const host of hosts) world.away.add(host);
      await world.clock.pass(17_000);
      const sent = world.sent.length;
      void world.clock.sleep(20_000).then(() => world.away.clear());
      const end = await world.clock.until(run);
      assert.equal(end.end, 'undone', end.summary);
      assert.match(end.summary, /lease/);
      assert.ok(world.sent.slice(sent).every((label) => label.role === 'undo'));
      assert.equal(end.steps.find((step) => step.id === 'eligible')?.state, 'skipped');
      assertWhole(world, end);
    });
  }

  it("a raise for one step is not taken for somebody else's by those beside it", async () => {
    for (let takeMs = 0; takeMs < 14; takeMs++) {
      const world = new World(
        sketchPlan([
          { id: 'close', phase: 'outage' },
          { id: 'open', phase: 'open', host: 'cc2', needs: ['close'] },
          { id: 'first', phase: 'after', needs: ['open'] },
          { id: 'elsewhere', phase: 'after', host: 'cc2', needs: ['open'], takeMs },
          { id: 'second', phase: 'after', needs: ['elsewhere'] },
        ]),
      );
      world.fault = (label, host, count) => {
        if (label.step === 'first' && label.role === 'act' && count === 1) world.host(host).boot();
        return undefined;
      };
      const end = await world.clock.until(startRun(world));
      assert.equal(end.end, 'done', `${takeMs} ms: ${end.summary}`);
      assertWhole(world, end);
    }
  });

  for (const [step, end] of [
    ['vip', 'undone'],
    ['open', 'undone'],
    ['cmon', 'done'],
    ['reverse', 'done'],
  ] as const) {
    it(`a host that was booted right before ${step}: ${end}`, async () => {
      const steps = promotionSketch().map((one) => (one.id === 'unmask' ? { ...one, needs: ['open'] } : one));
      const world = new World(sketchPlan(steps));
      world.fault = (label, host, count) => {
        if (label.step === step && label.role === 'act' && count === 1) world.host(host).boot();
        return undefined;
      };
      const result = await world.clock.until(startRun(world));
      assert.equal(result.end, end, result.summary);
      assertWhole(world, result);
      const state = foldJournal(world.plan.id, world.lines());
      assert.ok(state.record(step).attempts <= 2, 'the lease was taken again at once');
    });
  }

  it('a process that sleeps longer than a lease lives does not act with it', async () => {
    const world = slowWorld();
    const process = new FakeProcess();
    const run = startRun(world, process);
    await world.clock.pass(1_000);
    process.stop();
    await world.clock.pass(3_600_000);
    const sent = world.sent.length;
    process.continue();
    const end = await world.clock.until(run);
    assert.equal(end.end, 'undone', end.summary);
    assert.ok(world.sent.slice(sent).every((label) => label.role === 'undo'));
    assertWhole(world, end);
  });
});

describe('a helper that was brought', () => {
  const brought = { bringHelper: true, helperPath: '/run/clustercontrol-ha/bin/clustercontrol-ha' };

  it('is written with its settings before the lease is taken', async () => {
    const settings = { cc1: 'SELF=cc1\n', cc2: 'SELF=cc2\n' };
    const world = new World(sketchPlan(promotionSketch(), { ...brought, helperSettings: settings }));
    for (const host of world.hosts.values()) host.installed = false;
    const end = await world.clock.until(startRun(world));
    assert.equal(end.end, 'done', end.summary);
    assert.equal(world.host('cc2').files.get('/run/clustercontrol-ha/settings'), 'SELF=cc2\n');
    assert.equal(world.host('prom').files.size, 0, 'prom holds no lease and needs no helper');
  });

  it('is brought again to a host that was booted in between', async () => {
    const world = new World(sketchPlan(promotionSketch(), brought));
    const process = new FakeProcess();
    world.onMoment = (moment, who) => {
      if (moment === 'before-send' && world.sent.some((label) => label.step === 'wait')) who.kill();
    };
    void startRun(world, process);
    await world.clock.pass(40_000);
    assert.ok(process.dead);
    world.onMoment = () => undefined;
    world.host('cc2').installed = false;
    world.host('cc2').lease = undefined;
    const end = await world.clock.until(resumeRun(world, 'finish'));
    assert.equal(end.end, 'done', end.summary);
    assertWhole(world, end);
  });
});
