import assert from 'node:assert/strict';
import type { Step } from '../../../src/core/plan/plan';
import { planProblems } from '../../../src/core/plan/validate';
import { resumeRun, startRun } from './world/outcome';
import { promotionSketch, sketchPlan } from './world/plans';
import { World } from './world/world';

const LEASED = { timeoutMs: 5_000, leased: true };

/** `cmon` needs a fact that the opening brings and a crash takes away; its mend brings it back. */
function planWith(change: (step: Step) => Partial<Step>) {
  const plan = sketchPlan(promotionSketch());
  return { ...plan, steps: plan.steps.map((step) => ({ ...step, ...change(step) })) };
}

const mended = (): ReturnType<typeof planWith> =>
  planWith((step) =>
    step.id === 'cmon'
      ? {
          act: { ...LEASED, script: '# cmon act\nhas writable yes\nset cmon on' },
          mend: { ...LEASED, script: '# cmon mend\nset writable yes' },
        }
      : {},
  );

describe('what a fault takes away behind the opening', () => {
  it('is brought back before the second try, not before the first', async () => {
    const world = new World(mended());
    const end = await world.clock.until(startRun(world));
    assert.equal(end.end, 'done', end.summary);
    const at = (role: string): number[] => world.executed('cmon', role).map(({ atMs }) => atMs);
    const [first = 0, second = 0] = at('act');
    const [brought = 0] = at('mend');
    assert.deepEqual([at('act').length, at('mend').length], [2, 1]);
    assert.ok(first < brought && brought <= second);
  });

  it('nothing is brought back where the first try is good', async () => {
    const world = new World(mended());
    world.host('cc2').facts.set('writable', 'yes');
    assert.equal((await world.clock.until(startRun(world))).end, 'done');
    assert.deepEqual(world.executed('cmon', 'mend'), []);
  });

  it('a resume brings it back at once', async () => {
    const world = new World(mended());
    world.fault = (label) => (label.step === 'cmon' ? 'unreachable' : undefined);
    const unfinished = await world.clock.until(startRun(world));
    assert.equal(unfinished.end, 'unfinished', unfinished.summary);
    world.fault = () => undefined;
    const end = await world.clock.until(resumeRun(world, 'finish'));
    assert.equal(end.end, 'done', end.summary);
    const acts = world.executed('cmon', 'act');
    assert.deepEqual(
      acts.map(({ exitCode }) => exitCode),
      [0],
    );
  });

  it('is refused in a plan without a lease, or where a step can still be undone', () => {
    const script = '# mend';
    const unleased = planWith(({ id }) =>
      id === 'cmon' ? { mend: { script, timeoutMs: 1_000, leased: false } } : {},
    );
    const early = planWith(({ id }) => (id === 'reset' ? { mend: { ...LEASED, script } } : {}));
    for (const plan of [unleased, early]) assert.match(planProblems(plan).join(' '), /mends/);
    assert.deepEqual(planProblems(mended()), []);
  });
});

describe('patience in the outage', () => {
  it('a step that hangs is tried twice, and then undone: users wait', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    let asked = 0;
    world.fault = (label, _, count) => {
      if (label.step !== 'wait' || label.role !== 'act') return undefined;
      asked = count;
      return 'hang';
    };
    const end = await world.clock.until(startRun(world));
    assert.equal(end.end, 'undone', end.summary);
    assert.equal(asked, 2);
  });
});
