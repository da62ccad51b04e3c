import assert from 'node:assert/strict';
import { OperationController } from '../../../src/compose/runController';
import type { Drills } from '../../../src/compose/drills';
import { newWorld, openWindow, pageOf, site, startedRun, when } from './window';

describe('a run whose page is closed', () => {
  it('is opened again as it runs, and Abort reaches it', async () => {
    const world = newWorld();
    const window = openWindow(world);
    const first = await startedRun(world, window);
    first.dispose();
    await world.clock.until(window.launcher.resume(world.plan.id));
    const again = pageOf(window);
    let told = 0;
    again.onDidChange(() => (told += 1));
    assert.equal(again.snapshot()?.state, 'running');
    assert.equal(again.snapshot()?.end, undefined);
    await world.clock.until(again.abort());
    await when(world, 'its end', () => window.ended.length > 0);
    assert.ok(told > 0, 'the new page hears of its course');
    assert.equal(again.snapshot()?.end, 'undone');
    assert.deepEqual(world.effects(), []);
  });

  it('is brought back as it runs where a page of it is restored, too', async () => {
    const world = newWorld();
    const window = openWindow(world);
    const first = await startedRun(world, window);
    first.dispose();
    const restored = await world.clock.until(window.launcher.restored('dc1', world.plan.id));
    assert.equal(restored?.snapshot()?.state, 'running');
  });

  it('tells its end once, page or no page: a new password counts from then on', async () => {
    const world = newWorld();
    const window = openWindow(world);
    const controller = await startedRun(world, window);
    controller.dispose();
    await when(world, 'its end', () => controller.snapshot()?.end !== undefined);
    await world.clock.pass(1_000);
    assert.deepEqual(window.ended, ['promote done']);
  });

  it('is told of when it begins, and is listed as one that runs here until its end', async () => {
    const world = newWorld();
    const window = openWindow(world);
    await window.launcher.launch(site, 'promote', 'cc2');
    assert.deepEqual(window.begun, []);
    const controller = pageOf(window);
    await world.clock.until(controller.start({}));
    controller.dispose();
    assert.equal(window.begun.length, 1);
    assert.ok((window.begun[0] ?? 0) > 0, 'it stands in its journal by then');
    const listed = async (one = window) => {
      const [run] = await world.clock.until(one.launcher.runs());
      return [run?.runId, run?.running, run?.end];
    };
    assert.deepEqual(await listed(), [world.plan.id, true, undefined]);
    assert.deepEqual(await listed(openWindow(world)), [world.plan.id, false, undefined]);
    await when(world, 'its end', () => window.ended.length > 0);
    assert.deepEqual(await listed(), [world.plan.id, false, 'done']);
    assert.equal(window.begun.length, 1);
  });

  it('is not offered to be resumed or undone while this window runs it, and is once it was left without an end', async () => {
    const world = newWorld();
    const window = openWindow(world);
    await startedRun(world, window);
    assert.deepEqual(await world.clock.until(window.launcher.unfinished()), []);
    window.process.kill();
    const [left, ...others] = await world.clock.until(openWindow(world).launcher.unfinished());
    assert.equal(left?.runId, world.plan.id);
    assert.deepEqual(others, []);
  });

  it('is told of by its journal after its end: nothing of it is kept here', async () => {
    const world = newWorld();
    const window = openWindow(world);
    const first = await startedRun(world, window);
    first.dispose();
    await when(world, 'its end', () => window.ended.length > 0);
    await world.clock.until(window.launcher.resume(world.plan.id));
    assert.notEqual(pageOf(window), first);
    assert.equal(pageOf(window).snapshot()?.end, 'done');
    await assert.rejects(pageOf(window).abort(), /runs nothing of this operation/);
  });
});

describe('a run of a drill', () => {
  /** A drill of one promotion, as far as the launcher sees it. */
  function drilling() {
    const world = newWorld();
    const drills: Partial<Drills> = {
      run: async (_, { follow }) => {
        const run = window.operations.newRun(site);
        const followed = await follow?.(run, world.plan);
        await run.start(world.plan, window.operations.startOptions(site, world.plan, {}));
        followed?.dispose();
        return { legs: [] } as never;
      },
      report: () => Promise.resolve(''),
    };
    const window = openWindow(world, undefined, drills);
    return { world, window };
  }

  it('can not be started from its page before it begins, and tells its end though the page is closed', async () => {
    const { world, window } = drilling();
    const drill = window.launcher.drill(site, 1);
    await when(world, 'its page', () => window.shown.length > 0);
    const page = pageOf(window);
    assert.equal(page.canPlanAgain(), false);
    await assert.rejects(page.start({}), /is being started already|runs this operation now/);
    await when(world, 'its first snapshot', () => page.snapshot() !== undefined);
    page.dispose();
    assert.equal(await world.clock.until(window.launcher.restored('dc1', world.plan.id)), page);
    await world.clock.until(drill);
    assert.deepEqual(window.ended, ['promote done']);
    assert.equal(page.inUse(), false);
    assert.ok(page instanceof OperationController);
  });
});
