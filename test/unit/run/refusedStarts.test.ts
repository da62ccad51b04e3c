import assert from 'node:assert/strict';
import { isOperatorError } from '../../../src/core/errors';
import { Run } from '../../../src/core/run/executor';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import { assertWhole, recheck, resumeRun, startRun } from './world/outcome';
import { promotionSketch, sketchPlan } from './world/plans';
import { FakeProcess } from './world/process';
import { World } from './world/world';

const HOSTS = ['cc1', 'cc2'] as const;
const changed = () => Promise.resolve({ digest: 'd2', difference: ['cc2 is behind'] });

/** Ann's process dies when the act of `step` is executed. Nobody holds a lease any more. */
async function leftAt(step: string): Promise<World> {
  const world = new World(sketchPlan(promotionSketch()));
  const ann = new FakeProcess();
  world.onMoment = (moment, who) => {
    if (moment === 'after-execute' && world.effects().includes(step)) who.kill();
  };
  void startRun(world, ann);
  await world.clock.pass(60_000);
  world.onMoment = () => undefined;
  assert.ok(ann.dead, `${step} was never reached`);
  return world;
}

/** A start of Bob's that gets the lease, finds the site changed, and is refused. */
async function bobIsRefused(world: World, id = 'plan-2'): Promise<void> {
  const token = Math.max(...HOSTS.map((host) => world.host(host).lease?.token ?? 0)) + 1;
  const start = { operator: 'bob', acknowledged: {}, recheck: changed };
  const end = await world.clock.until(new Run(world.deps()).start({ ...world.plan, id, token }, start));
  assert.deepEqual([end.end, world.host('cc1').lease?.plan], ['refused', id], end.summary);
}

async function refusesResume(world: World, why: RegExp): Promise<void> {
  const before = world.effects();
  await assert.rejects(
    world.clock.until(resumeRun(world, 'undo')),
    (error: unknown) => isOperatorError(error) && why.test(error.message),
  );
  assert.deepEqual(world.effects(), before);
}

describe('a start that finds the token of its plan in use', () => {
  it('leaves the lease of the one that runs alone', async () => {
    const slow = promotionSketch().map((step) => (step.id === 'files' ? { ...step, takeMs: 4_000 } : step));
    const world = new World(sketchPlan(slow));
    const ending = startRun(world);
    await world.clock.pass(2_000);
    const options = { operator: 'bob', acknowledged: {}, recheck };
    const second = new Run(world.deps()).start({ ...world.plan, id: 'plan-2' }, options);
    const refused = await world.clock.until(second);
    assert.equal(refused.end, 'refused');
    assert.match(refused.summary, /ann\S* holds the lease for plan plan-1/);
    for (const host of HOSTS) assert.equal(world.host(host).lease?.released, false, host);
    const end = await world.clock.until(ending);
    assert.equal(end.end, 'done', end.summary);
    assertWhole(world, end);
  });

  it('gives back what may have been taken without an answer, by the name of its plan', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const deps = world.deps();
    // The take on cc1 is carried out, its answer lost; the one on cc2 is refused.
    const renewedAtMs = world.clock.monotonicMs();
    const others = { token: 7, plan: 'plan-0', operator: 'eve/x', ttlMs: 60_000, released: false };
    world.host('cc2').lease = { ...others, renewedAtMs };
    const get: typeof deps.sessions.get = async (host) => {
      const session = await deps.sessions.get(host);
      return {
        ...session,
        run: async (command) => {
          const result = await session.run(command);
          if (host === 'cc1' && command.script.includes(' lease take ')) throw new Error('connection lost');
          return result;
        },
      };
    };
    const start = { operator: 'bob', acknowledged: {}, recheck };
    const sessions = { ...deps.sessions, get };
    const end: RunSnapshot = await world.clock.until(new Run({ ...deps, sessions }).start(world.plan, start));
    assert.equal(end.end, 'refused', end.summary);
    assert.deepEqual(
      HOSTS.map((host) => [world.host(host).lease?.plan, world.host(host).lease?.released]),
      [
        ['plan-1', true],
        ['plan-0', false],
      ],
    );
  });
});

describe('a start that is refused behind an operation that was left half-way', () => {
  for (const intent of ['undo', 'finish'] as const) {
    it(`hides it from nobody, and it can be resumed: ${intent}`, async () => {
      const world = await leftAt('stop');
      await bobIsRefused(world);
      for (const host of HOSTS) assert.equal(world.host(host).status().operation?.plan, 'plan-1', host);
      const end = await world.clock.until(resumeRun(world, intent));
      assert.equal(end.end, intent === 'undo' ? 'undone' : 'done', end.summary);
      assertWhole(world, end);
    });
  }

  it('also where a guard raised the token after it, and where it got the lease of one host only', async () => {
    const after = await leftAt('stop');
    await bobIsRefused(after);
    after.host('cc2').guardRaises();
    assert.equal((await after.clock.until(resumeRun(after, 'undo'))).end, 'undone');
    const one = await leftAt('stop');
    const other = { token: 7, plan: 'plan-1', operator: one.host('cc2').lease?.operator ?? '' };
    await bobIsRefused(one);
    one.host('cc2').lease = { ...other, ttlMs: 1, renewedAtMs: -9e6, released: false };
    assert.equal((await one.clock.until(resumeRun(one, 'undo'))).end, 'undone');
  });

  it('not while the other one holds its lease, nor where the other has begun on one host', async () => {
    const held = await leftAt('stop');
    await bobIsRefused(held);
    const lease = held.host('cc2').lease;
    assert.ok(lease);
    held.host('cc2').lease = { ...lease, released: false, renewedAtMs: -9e6 };
    await refusesResume(held, /bob\S* has run plan plan-2/);
    held.host('cc2').lease = {
      ...lease,
      released: false,
      ttlMs: 60_000,
      renewedAtMs: held.clock.monotonicMs(),
    };
    await refusesResume(held, /bob\S* runs plan plan-2/);
    const begun = await leftAt('stop');
    await bobIsRefused(begun);
    const record = begun.host('cc1').operation;
    assert.ok(record);
    begun.host('cc1').operation = { ...record, plan: 'plan-2', operator: 'bob', place: 'done' };
    await refusesResume(begun, /bob\S* has run plan plan-2/);
  });

  it('an operation that ran, and whose record never came, makes the older record history', async () => {
    const world = await leftAt('stop');
    const first = world.host('cc1').facts.size;
    const plan = { ...world.plan, id: 'plan-2', token: 20 };
    const deps = world.deps();
    const get: typeof deps.sessions.get = async (host) => {
      const session = await deps.sessions.get(host);
      return {
        ...session,
        run: (command) =>
          command.script.includes('operation begin')
            ? Promise.reject(new Error('connection lost'))
            : session.run(command),
      };
    };
    const sessions = { ...deps.sessions, get };
    const start = { operator: 'bob', acknowledged: {}, recheck };
    const end = await world.clock.until(new Run({ ...deps, sessions }).start(plan, start));
    assert.equal(end.end, 'done', end.summary);
    assert.ok(world.host('cc1').facts.size > first);
    for (const host of HOSTS) assert.equal(world.host(host).status().operation, null, host);
    await refusesResume(world, /bob\S* has run plan plan-2/);
  });

  it('a journal that another machine may have overtaken in between does not decide', async () => {
    const known = await leftAt('close');
    for (const host of HOSTS) {
      const record = known.host(host).operation;
      assert.ok(record);
      known.host(host).operation = { ...record, operator: 'carol' };
    }
    await bobIsRefused(known);
    await refusesResume(known, /carol has gone on with this run since/);
    const unknown = await leftAt('close');
    for (const host of HOSTS) {
      const lease = unknown.host(host).lease;
      assert.ok(lease);
      unknown.host(host).lease = { ...lease, operator: 'carol/x', token: lease.token + 2 };
    }
    await bobIsRefused(unknown);
    await refusesResume(unknown, /Somebody may have gone on with this run since/);
  });
});
