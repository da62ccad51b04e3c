import assert from 'node:assert/strict';
import { assertWhole, bringToFinalEnd, startRun } from './world/outcome';
import { promotionSketch, sketchPlan } from './world/plans';
import { type Fault, FAULTS, World } from './world/world';

const LOST: readonly Fault[] = [
  'lose-before',
  'lose-after',
  'lose-late',
  'hang',
  'hang-after',
  'unreachable',
];
const steps = sketchPlan(promotionSketch()).steps;

describe('every step with every fault, once', () => {
  for (const step of steps) {
    for (const fault of FAULTS) {
      it(`${step.id} × ${fault}`, async () => {
        const world = new World(sketchPlan(promotionSketch()));
        world.fault = (label, _, count) =>
          label.step === step.id && label.role === 'act' && count === 1 ? fault : undefined;
        const end = await world.clock.until(startRun(world));
        assertWhole(world, end);
        const forward = step.phase === 'after';
        const standsAnyway = fault === 'error-after' && step.phase === 'open';
        if (LOST.includes(fault) || standsAnyway) assert.equal(end.end, 'done', end.summary);
        else if (!forward) assert.equal(end.end, 'undone', end.summary);
        else if (fault === 'sudo' && !step.optional) assert.equal(end.end, 'unfinished', end.summary);
        else assert.equal(end.end, 'done', end.summary);
        if (end.end === 'unfinished') assert.equal((await bringToFinalEnd(world, 'finish')).end, 'done');
      });
    }
  }
});

describe('a step whose verify does not print what the step found', () => {
  it('is run again, since those who wait for it need the value', async () => {
    const plan = sketchPlan(promotionSketch());
    const silent = plan.steps.map((step) =>
      step.id === 'close' && step.verify
        ? { ...step, verify: { ...step.verify, script: '# close verify\nhas close on', outputs: [] } }
        : step,
    );
    const world = new World({ ...plan, steps: silent });
    world.fault = (label, _, count) =>
      label.step === 'close' && label.role === 'act' && count === 1 ? 'lose-after' : undefined;
    const end = await world.clock.until(startRun(world));
    assert.equal(end.end, 'done', end.summary);
    assert.equal(world.executed('close', 'act').length, 2);
  });
});

describe('every step with every fault that does not pass until somebody mends it', () => {
  for (const step of steps) {
    for (const fault of FAULTS) {
      it(`${step.id} × ${fault}`, async () => {
        const world = new World(sketchPlan(promotionSketch()));
        world.fault = (label) => (label.step === step.id && label.role !== 'undo' ? fault : undefined);
        const end = await world.clock.until(startRun(world));
        assertWhole(world, end);
        if (step.phase === 'after') assert.ok(['done', 'unfinished'].includes(end.end ?? ''), end.summary);
        else if (step.phase === 'open') assert.notEqual(end.end, 'done');
        else assert.equal(end.end, 'undone', end.summary);
        world.fault = () => undefined;
        if (end.end === 'unfinished') await bringToFinalEnd(world, 'finish');
      });
    }
  }
});

describe('a host that goes away as a step begins', () => {
  for (const step of steps) {
    for (const host of ['cc1', 'cc2']) {
      for (const backMs of [5_000, Infinity]) {
        for (const wish of ['undo', 'finish'] as const) {
          it(`${step.id}, ${host} ${backMs === Infinity ? 'until mended' : 'for 5 s'}, ${wish}`, async () => {
            const world = new World(sketchPlan(promotionSketch()));
            let gone = false;
            world.fault = (label) => {
              if (!gone && label.step === step.id && label.role === 'act') {
                gone = true;
                world.away.add(host);
                if (backMs !== Infinity) void world.clock.sleep(backMs).then(() => world.away.delete(host));
              }
              return undefined;
            };
            const end = await world.clock.until(startRun(world));
            assert.notEqual(end.end, 'refused');
            assertWhole(world, end);
            if (backMs !== Infinity) assert.ok(['done', 'undone'].includes(end.end ?? ''), end.summary);
            if (end.end === 'done' || end.end === 'undone') return;
            world.away.clear();
            await bringToFinalEnd(world, wish);
          });
        }
      }
    }
  }
});
