import assert from 'node:assert/strict';
import type { SiteConnections } from '../../../src/compose/siteConnections';
import { SiteRun } from '../../../src/compose/siteRun';
import { isOperatorError } from '../../../src/core/errors';
import type { Site } from '../../../src/core/inventory/site';
import type { RunDeps } from '../../../src/core/run/deps';
import { exampleSite } from '../observation';
import { recheck } from '../run/world/outcome';
import { promotionSketch, sketchPlan } from '../run/world/plans';
import { FakeProcess } from '../run/world/process';
import { World } from '../run/world/world';

const site = exampleSite() as Site;
const options = { operator: 'ann', acknowledged: {}, recheck };

/** A run whose connections count who holds them: without a holder nothing is reached. */
function holding(world: World, process?: FakeProcess) {
  let [holders, lost] = [0, 0];
  const deps: RunDeps = world.deps(process);
  const sessions = {
    get: (host: string) => {
      if (holders === 0) lost += 1;
      return deps.sessions.get(host);
    },
  };
  const hold = (): unknown => {
    holders += 1;
    return { sessions, release: () => (holders -= 1) };
  };
  const run = new SiteRun(deps, { hold } as unknown as SiteConnections, site);
  return { run, holders: () => holders, lost: () => lost };
}

describe('the connections of a run', () => {
  it('are held from its start to its end', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const { run, holders, lost } = holding(world);
    const seen = new Set<number>();
    world.onMoment = () => seen.add(holders());
    assert.equal(holders(), 0);
    const end = await world.clock.until(run.start(world.plan, options));
    assert.equal(end.end, 'done', end.summary);
    assert.deepEqual([[...seen], holders(), lost()], [[1], 0, 0]);
  });

  it('are held anew by who resumes it', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const ann = new FakeProcess();
    world.onMoment = (moment, who) => {
      if (moment === 'after-execute' && world.effects().includes('close')) who.kill();
    };
    void holding(world, ann).run.start(world.plan, options);
    await world.clock.pass(60_000);
    const seen = new Set<number>();
    const { run, holders } = holding(world);
    world.onMoment = () => seen.add(holders());
    const end = await world.clock.until(run.resume('plan-1', { operator: 'ann', intent: 'undo' }));
    assert.equal(end.end, 'undone', end.summary);
    assert.deepEqual([[...seen], holders()], [[1], 0]);
  });

  it('are let go of where it is refused; a second start takes none from the first', async () => {
    const world = new World(sketchPlan(promotionSketch()));
    const { run, holders, lost } = holding(world);
    await assert.rejects(run.resume('plan-1', { operator: 'ann', intent: 'undo' }));
    assert.equal(holders(), 0);
    const second = holding(world);
    const first = second.run.start(world.plan, options);
    await world.clock.pass(10);
    await assert.rejects(second.run.start(world.plan, options), isOperatorError);
    assert.equal(second.holders(), 1);
    assert.equal((await world.clock.until(first)).end, 'done');
    assert.deepEqual([second.holders(), second.lost(), lost()], [0, 0, 0]);
  });
});
