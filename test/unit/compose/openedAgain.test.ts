import assert from 'node:assert/strict';
import type { Operations } from '../../../src/compose/operations';
import { newWorld, openWindow, pageOf, site, startedRun, when } from './window';

/** A run that a window has left without an end, as another window shows it. */
async function unfinishedPage() {
  const world = newWorld();
  const died = openWindow(world);
  await startedRun(world, died);
  died.process.kill();
  const window = openWindow(world);
  await world.clock.until(window.launcher.resume(world.plan.id));
  return { world, window, page: pageOf(window) };
}

describe('a run that is opened again while its page is open', () => {
  it('is shown as its journal tells it by now: somebody else has finished it', async () => {
    const { world, window, page } = await unfinishedPage();
    let told = 0;
    page.onDidChange(() => (told += 1));
    assert.equal(page.snapshot()?.end, 'unfinished');
    const other = openWindow(world);
    await world.clock.until(other.launcher.resume(world.plan.id));
    await world.clock.until(pageOf(other).resume('finish'));
    await when(world, 'its end', () => other.ended.length > 0);
    assert.equal(page.snapshot()?.end, 'unfinished', 'nobody has told this window');
    await world.clock.until(window.launcher.resume(world.plan.id));
    assert.equal(pageOf(window), page, 'the page that is open');
    assert.equal(page.snapshot()?.end, 'done');
    assert.equal(told, 1);
  });

  it('stays what it is where this window runs it', async () => {
    const { world, window, page } = await unfinishedPage();
    await world.clock.until(page.resume('finish'));
    const before = page.snapshot();
    await world.clock.until(page.reread());
    assert.equal(page.snapshot()?.state, 'running');
    assert.equal(page.snapshot(), before);
    await when(world, 'its end', () => window.ended.length > 0);
    assert.deepEqual(window.ended, ['promote done']);
  });

  it('is not overwritten by what was read before it was resumed', async () => {
    const { world, window, page } = await unfinishedPage();
    const { operations } = window;
    const old = await world.clock.until(operations.snapshotOf(world.plan.id));
    let deliver = (): void => undefined;
    operations.snapshotOf = () => new Promise((resolve) => (deliver = () => resolve(old)));
    const read = page.reread();
    await world.clock.until(page.resume('finish'));
    deliver();
    await world.clock.until(read);
    assert.equal(page.snapshot()?.state, 'running');
  });
});

describe('Plan Again', () => {
  it('is not there for a run of a journal, which does not hold what was asked for; the hosts are not asked', async () => {
    const { page } = await unfinishedPage();
    assert.equal(page.canPlanAgain(), false);
    const before = page.plan();
    await assert.rejects(page.planAgain(), /journal does not hold what was asked for/);
    assert.equal(page.plan(), before);
  });

  it('asks for the same target, choices and words as the plan before', async () => {
    const world = newWorld();
    const asked: unknown[] = [];
    const plan: Operations['plan'] = (_, operation, target, mode, choices, attested) => {
      asked.push({ operation, target, mode, choices, attested });
      return Promise.resolve({ ...world.plan, operation, mode });
    };
    const window = openWindow(world, plan);
    const choices = { files: ['/etc/my.cnf'] };
    const told = { mode: 'emergency', attested: { off: 'cc1 has no power' } };
    await window.launcher.launch(site, 'rotate', 'all', choices, told);
    assert.equal(pageOf(window).canPlanAgain(), true);
    await pageOf(window).planAgain();
    assert.equal(asked.length, 2);
    assert.deepEqual(asked[1], asked[0]);
    assert.deepEqual(asked[0], {
      operation: 'rotate',
      target: 'all',
      mode: 'emergency',
      choices,
      attested: { off: 'cc1 has no power' },
    });
  });
});
