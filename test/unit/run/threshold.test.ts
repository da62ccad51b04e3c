import assert from 'node:assert/strict';
import { isOperatorError } from '../../../src/core/errors';
import { Run } from '../../../src/core/run/executor';
import { assertWhole, recheck, startRun } from './world/outcome';
import { promotionSketch, sketchPlan } from './world/plans';
import { FakeProcess } from './world/process';
import { World } from './world/world';

/** Ann's process has just died: who resumes waits to see whether her lease is still renewed. */
async function leftByAnn(): Promise<World> {
  const world = new World(sketchPlan(promotionSketch()));
  const ann = new FakeProcess();
  world.onMoment = (moment, who) => {
    if (moment === 'after-execute' && world.effects().includes('stop')) who.kill();
  };
  void startRun(world, ann);
  await world.clock.pass(5_000);
  world.onMoment = () => undefined;
  assert.ok(ann.dead);
  return world;
}

function told(what: RegExp) {
  return (error: unknown): boolean =>
    isOperatorError(error) && what.test(error.message) && /Nothing was changed/.test(error.state);
}

describe('an abort before a run goes forward', () => {
  for (const intent of ['finish', 'undo'] as const) {
    it(`of a resume: the hosts are still asked, and then it does not begin: ${intent}`, async () => {
      const world = await leftByAnn();
      const [lines, sent, effects] = [world.lines(), world.sent.length, world.effects()];
      const run = new Run(world.deps());
      const ending = run.resume('plan-1', { operator: 'bob', intent });
      ending.catch(() => undefined);
      await world.clock.until(world.clock.sleep(2_000));
      await assert.rejects(run.abort('bob'), told(/not gone forward yet.*nothing is changed/));
      await assert.rejects(world.clock.until(ending), told(/Aborted by bob before it went forward/));
      assert.deepEqual([world.lines(), world.sent.length, world.effects()], [lines, sent, effects]);
      await assert.rejects(run.abort('bob'), /No run is going forward/);
      const again = new Run(world.deps()).resume('plan-1', { operator: 'bob', intent });
      const end = await world.clock.until(again);
      assert.equal(end.end, intent === 'finish' ? 'done' : 'undone', end.summary);
      assertWhole(world, end);
    });
  }

  it('of a resume that is refused anyway: why is told', async () => {
    const world = await leftByAnn();
    world.away.add('cc1');
    const run = new Run(world.deps());
    const ending = run.resume('plan-1', { operator: 'bob', intent: 'finish' });
    ending.catch(() => undefined);
    await assert.rejects(run.abort('bob'), told(/not gone forward yet/));
    await assert.rejects(world.clock.until(ending), /cc1 can't be asked/);
    await assert.rejects(run.abort('bob'), /No run is going forward/);
  });

  it('while its first line is written: it is aborted as one that runs', async () => {
    const world = await leftByAnn();
    const run = new Run(world.deps());
    let aborted: Promise<void> | undefined;
    world.onMoment = (moment) => {
      if (moment === 'before-append') aborted ??= run.abort('bob');
    };
    const end = await world.clock.until(run.resume('plan-1', { operator: 'bob', intent: 'finish' }));
    assert.ok(aborted);
    await aborted;
    assert.equal(end.end, 'undone', end.summary);
    assert.match(end.summary, /Aborted by bob/);
    assertWhole(world, end);
  });

  for (const [name, moment] of [
    ['at once', 0],
    ['while the lease is taken', 4],
    ['while the site is read again', 500],
  ] as const) {
    it(`of a start, ${name}: refused, nothing was changed`, async () => {
      const world = new World(sketchPlan(promotionSketch()));
      const run = new Run(world.deps());
      const slowly = () => world.clock.sleep(1_000).then(recheck);
      const ending = run.start(world.plan, { operator: 'ann', acknowledged: {}, recheck: slowly });
      if (moment > 0) await world.clock.until(world.clock.sleep(moment));
      await world.clock.until(run.abort('ann'));
      const end = await world.clock.until(ending);
      assert.equal(end.end, 'refused', end.summary);
      assert.equal(end.summary, 'Aborted by ann. Nothing was changed.');
      assert.deepEqual(world.sent, []);
      assertWhole(world, end);
      for (const host of ['cc1', 'cc2']) assert.notEqual(world.host(host).lease?.released, false, host);
    });
  }

  it('of nothing at all is told so', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    await assert.rejects(new Run(world.deps()).abort('ann'), /No run is going forward/);
  });
});
