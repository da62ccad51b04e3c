import assert from 'node:assert/strict';
import { isOperatorError } from '../../../src/core/errors';
import { assertWhole, resumeRun, startRun } from './world/outcome';
import { type StepSketch, sketchPlan } from './world/plans';
import { FakeProcess } from './world/process';
import { World } from './world/world';

/**
 * The part of a promotion that decision 7 is about: what reopens cc1 requires that the record of cc2 was taken back.
 * `vip` has no path to `record`; `close` has.
 */
const STEPS: readonly StepSketch[] = [
  { id: 'prepass', phase: 'prepare' },
  { id: 'close', phase: 'outage', needs: ['prepass'], requires: ['record'] },
  { id: 'vip', phase: 'outage', needs: ['prepass'], requires: ['record'] },
  { id: 'record', phase: 'outage', host: 'cc2', needs: ['close'] },
  { id: 'look', phase: 'outage', needs: ['record', 'vip'] },
  { id: 'open', phase: 'open', host: 'cc2', needs: ['look'] },
  { id: 'cmon', phase: 'after', host: 'cc2', needs: ['open'] },
];

const undone = (world: World): string[] =>
  world.sent.filter(({ role }) => role === 'undo').map(({ step }) => step);

/** A run that goes no further than `step`; `then` happens at that moment. */
function failingAt(step: string, then: (world: World) => void): World {
  const world = new World(sketchPlan(STEPS));
  world.fault = (label) => {
    if (label.step !== step || label.role !== 'act') return undefined;
    then(world);
    return 'error';
  };
  return world;
}

describe('an undo that requires another', () => {
  it('whose host is away: is owed too, nothing is sent, and the reason names that host', async () => {
    const world = failingAt('look', ({ away }) => void away.add('cc2'));
    const end = await world.clock.until(startRun(world));
    assert.equal(end.end, 'undo-owed', end.summary);
    assertWhole(world, end);
    assert.deepEqual(world.effects(), ['close', 'vip', 'record']);
    assert.deepEqual(new Set(undone(world)), new Set(['look', 'prepass']));
    for (const id of ['close', 'vip']) {
      const step = end.steps.find((one) => one.id === id);
      assert.equal(step?.state, 'undo-owed');
      assert.match(step?.reason ?? '', /waits for cc2: record is off again/);
    }
    assert.match(end.next, /cc2/);
  });

  it('when that host answers: a resume does both, the required one first', async () => {
    const world = failingAt('look', ({ away }) => void away.add('cc2'));
    await world.clock.until(startRun(world));
    world.away.clear();
    const end = await world.clock.until(resumeRun(world, 'undo'));
    assert.equal(end.end, 'undone', end.summary);
    assertWhole(world, end);
    const order = undone(world);
    for (const id of ['close', 'vip']) assert.ok(order.indexOf('record') < order.indexOf(id), order.join());
  });

  it('when that host answers within the patience: done without a resume', async () => {
    const world = failingAt('look', ({ away, clock }) => {
      away.add('cc2');
      void clock.sleep(9_000).then(() => away.clear());
    });
    const end = await world.clock.until(startRun(world));
    assert.equal(end.end, 'undone', end.summary);
    assertWhole(world, end);
  });

  it('that was never begun: waits for nothing, though its host is away', async () => {
    const world = failingAt('close', ({ away }) => void away.add('cc2'));
    const end = await world.clock.until(startRun(world));
    assert.equal(end.end, 'undone', end.summary);
    assertWhole(world, end);
    assert.ok(!undone(world).includes('record'));
  });

  it('beside it in the graph: goes on as soon as that has ended, not in a later round', async () => {
    const world = failingAt('look', () => undefined);
    const end = await world.clock.until(startRun(world));
    assert.equal(end.end, 'undone', end.summary);
    const at = (id: string): number => world.executed(id, 'undo')[0]?.atMs ?? NaN;
    assert.ok(at('vip') > at('record'));
    assert.ok(at('vip') - at('record') < 100, `${at('vip') - at('record')} ms`);
  });

  it('that is refused on its host: is owed, and what requires it too', async () => {
    const world = failingAt('look', () => undefined);
    const before = world.fault;
    world.fault = (label, host, count) =>
      label.step === 'record' && label.role === 'undo' ? 'error' : before(label, host, count);
    const end = await world.clock.until(startRun(world));
    assert.equal(end.end, 'undo-owed', end.summary);
    assertWhole(world, end);
    assert.ok(
      ['close', 'vip', 'record'].every((id) => world.effects().includes(id)),
      world.effects().join(),
    );
  });
});

describe("a host's own guard that raised the token", () => {
  it('is no other operation to the undo of the run itself', async () => {
    const world = failingAt('look', (it) => it.host('cc2').guardRaises());
    const end = await world.clock.until(startRun(world));
    assert.equal(end.end, 'undone', end.summary);
    assertWhole(world, end);
  });

  for (const [moment, host, expected] of [
    ['close', 'cc1', 'undone'],
    ['close', 'cc2', 'undone'],
    ['record', 'cc2', 'undone'],
    ['look', 'cc1', 'undone'],
    // Nothing more is asked of that host before the opening.
    ['open', 'cc1', 'done'],
    ['cmon', 'cc2', 'done'],
  ] as const) {
    it(`on ${host} as ${moment} begins: ${expected}, not left to somebody else`, async () => {
      const world = new World(sketchPlan(STEPS));
      world.fault = (label, _, count) => {
        if (label.step === moment && label.role === 'act' && count === 1) world.host(host).guardRaises();
        return undefined;
      };
      const end = await world.clock.until(startRun(world));
      assert.equal(end.end, expected, end.summary);
      assertWhole(world, end);
    });
  }

  it('between two undos of one host: the token is raised above it and the rest is undone', async () => {
    const world = failingAt('look', () => undefined);
    const before = world.fault;
    world.fault = (label, host, count) => {
      if (label.step === 'close' && label.role === 'undo' && count === 1) world.host('cc1').guardRaises();
      return before(label, host, count);
    };
    const end = await world.clock.until(startRun(world));
    assert.equal(end.end, 'undone', end.summary);
    assertWhole(world, end);
  });

  it('is noticed by the renewal as a lost lease', async () => {
    const slow = STEPS.map((step) => (step.id === 'vip' ? { ...step, takeMs: 4_500 } : step));
    const world = new World(sketchPlan(slow));
    const run = startRun(world);
    await world.clock.pass(1_000);
    world.host('cc2').guardRaises();
    const end = await world.clock.until(run);
    assert.equal(end.end, 'undone', end.summary);
    assert.match(end.summary, /guard of this host/);
    assertWhole(world, end);
  });

  for (const [wish, expected] of [
    ['finish', 'done'],
    ['undo', 'undone'],
  ] as const) {
    /** A run that died in the outage, and leases whose life is over. */
    const died = async (): Promise<World> => {
      const world = new World(sketchPlan(STEPS));
      const process = new FakeProcess();
      world.onMoment = (moment, who) => {
        if (moment === 'after-execute' && world.effects().includes('record')) who.kill();
      };
      void startRun(world, process);
      await world.clock.pass(60_000);
      assert.ok(process.dead);
      world.onMoment = () => undefined;
      return world;
    };

    it(`does not stand in the way of a resume that is to ${wish}`, async () => {
      const world = await died();
      for (const host of ['cc1', 'cc2']) world.host(host).guardRaises();
      const end = await world.clock.until(resumeRun(world, wish));
      assert.equal(end.end, expected, end.summary);
      assertWhole(world, end);
    });

    it(`another operation does: ${wish}`, async () => {
      const world = await died();
      world.host('cc2').guardRaises();
      const { lease } = world.host('cc2');
      if (lease) world.host('cc2').lease = { ...lease, plan: 'dc1-promote-cc1', operator: 'bob/x' };
      // What it has done there took the older record away; its own could not be written.
      world.host('cc2').operation = undefined;
      await assert.rejects(
        world.clock.until(resumeRun(world, wish)),
        (error: unknown) =>
          isOperatorError(error) && error.code === 'run-not-resumable' && /bob/.test(error.message),
      );
    });
  }
});
