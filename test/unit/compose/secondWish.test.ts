import assert from 'node:assert/strict';
import type { Operations } from '../../../src/compose/operations';
import { isOperatorError } from '../../../src/core/errors';
import type { Plan } from '../../../src/core/plan/plan';
import { newWorld, openWindow, pageOf, site, startedRun, when } from './window';

/** Plans at once, the first time; later ones when the test says so. */
function slowPlans(first: Plan) {
  const waiting: ((plan: Plan) => void)[] = [];
  let asked = 0;
  const plan: Operations['plan'] = () =>
    asked++ === 0 ? Promise.resolve(first) : new Promise((resolve) => waiting.push(resolve));
  return { plan, made: (made: Plan) => waiting.shift()?.(made), asked: () => asked };
}

const refusal = (what: RegExp) => (error: unknown) => isOperatorError(error) && what.test(error.message);

describe('a second wish for one operation, of a page that has forgotten the first', () => {
  it('starts nothing while a new plan is being made; that one takes the place of the old', async () => {
    const world = newWorld();
    const { plan, made } = slowPlans(world.plan);
    const window = openWindow(world, plan);
    await window.launcher.launch(site, 'promote', 'cc2');
    const page = pageOf(window);
    const again = page.planAgain();
    await assert.rejects(page.start({}), refusal(/new plan of this operation is being made/));
    await assert.rejects(page.planAgain(), refusal(/new plan of this operation is being made/));
    made({ ...world.plan, id: 'plan-2' });
    await again;
    assert.equal(page.plan().id, 'plan-2');
    assert.equal(page.snapshot(), undefined);
    assert.deepEqual(world.sent, []);
  });

  it('does not replace the plan of a run that has begun: Abort reaches that run', async () => {
    const world = newWorld();
    const { plan, made, asked } = slowPlans(world.plan);
    const window = openWindow(world, plan);
    const page = await startedRun(world, window);
    await assert.rejects(page.planAgain(), refusal(/This window runs this operation now/));
    made({ ...world.plan, id: 'plan-2' });
    assert.equal(asked(), 1, 'the hosts are not asked for a plan that nobody may have');
    assert.equal(page.plan().id, world.plan.id);
    await world.clock.until(page.abort());
    await when(world, 'its end', () => window.ended.length > 0);
    assert.deepEqual(window.ended, ['promote undone']);
  });

  it('goes on after a plan that could not be made', async () => {
    const world = newWorld();
    let fails = false;
    const window = openWindow(world, () =>
      fails ? Promise.reject(new Error('cc1 is away')) : Promise.resolve(world.plan),
    );
    await window.launcher.launch(site, 'promote', 'cc2');
    const page = pageOf(window);
    fails = true;
    await assert.rejects(page.planAgain(), /cc1 is away/);
    await world.clock.until(page.start({}));
    assert.equal(page.snapshot()?.state, 'running');
  });

  it('resumes once: the second is refused while the hosts are asked for the first', async () => {
    const world = newWorld();
    const died = openWindow(world);
    await startedRun(world, died);
    died.process.kill();
    const window = openWindow(world);
    await world.clock.until(window.launcher.resume(world.plan.id));
    const page = pageOf(window);
    const first = page.resume('undo');
    await assert.rejects(page.resume('undo'), refusal(/is being resumed already/));
    await world.clock.until(first);
    await when(world, 'its end', () => window.ended.length > 0);
    assert.equal(world.lines().filter((line) => line.includes('"run-resumed"')).length, 1);
    assert.deepEqual(window.ended, ['promote undone']);
  });

  it('aborts nothing where nothing runs, and says so', async () => {
    const world = newWorld();
    const window = openWindow(world);
    await window.launcher.launch(site, 'promote', 'cc2');
    await assert.rejects(pageOf(window).abort(), refusal(/runs nothing of this operation/));
  });
});
