import assert from 'node:assert/strict';
import { isOperatorError } from '../../../src/core/errors';
import { adopt } from '../../../src/core/operate/adopt';
import { operationUnderWay } from '../../../src/core/operate/hostOperations';
import { NO_HOOKS } from '../../../src/core/operate/hooks';
import { Run } from '../../../src/core/run/executor';
import { foldJournal } from '../../../src/core/run/fold';
import type { RunSnapshot } from '../../../src/core/run/snapshot';
import { promotionSketch, sketchPlan } from './world/plans';
import { World } from './world/world';
import { HERE, answers, leftAt } from './world/otherMachine';

describe('the site of a run', () => {
  const elsewhere = { vip: '10.9.0.1', hosts: { cc1: '10.9.0.11', cc2: '10.9.0.12' } };
  const begunAt = (siteAddresses: typeof HERE): World =>
    new World({ ...sketchPlan(promotionSketch()), siteAddresses });
  const takenBy = (world: World, addresses: typeof HERE): Promise<string> => {
    const found = operationUnderWay(answers(world, 'outage'), 'dc1');
    assert.ok(found);
    return world.clock.until(adopt({ ...world.deps(), hooks: NO_HOOKS }, found, addresses));
  };
  const undoAt = (world: World, siteAddresses: typeof HERE): Promise<RunSnapshot> =>
    world.clock.until(
      new Run({ ...world.deps(), siteAddresses }).resume('plan-1', { operator: 'bob', intent: 'undo' }),
    );

  it('another site of its name does not go on with it: no host is asked, nothing is written', async () => {
    const world = await leftAt('close', { ...sketchPlan(promotionSketch()), siteAddresses: HERE });
    await takenBy(world, HERE);
    const [effects, lines] = [world.effects(), world.lines()];
    await assert.rejects(undoAt(world, elsewhere), (error: unknown) => {
      assert.ok(isOperatorError(error) && error.code === 'run-not-resumable');
      assert.match(
        error.message,
        /a site dc1 with other hosts: virtual IP 10\.0\.0\.1, cc1 10\.0\.0\.11, .*here says virtual IP 10\.9\.0\.1/,
      );
      assert.match(error.next, /workspace.*--from-hosts/);
      return true;
    });
    assert.deepEqual([world.effects(), world.lines()], [effects, lines]);
    assert.equal((await undoAt(world, HERE)).end, 'undone');
  });

  it('is the one whose hosts told of it, also where this machine has its journal from before the change', async () => {
    const world = await leftAt('close', { ...sketchPlan(promotionSketch()), siteAddresses: HERE });
    await takenBy(world, HERE);
    await takenBy(world, elsewhere);
    assert.deepEqual(foldJournal('plan-1', world.lines()).plan.siteAddresses, elsewhere);
    assert.equal((await undoAt(world, elsewhere)).end, 'undone');
  });

  it('hosts that have exchanged their addresses since are not taken for each other', async () => {
    const exchanged = { ...HERE, hosts: { cc1: '10.0.0.12', cc2: '10.0.0.11' } };
    const world = begunAt(HERE);
    await assert.rejects(takenBy(world, exchanged), /calls cc1 \(10\.0\.0\.11\) is cc2 in the inventory now/);
    assert.equal(world.journals.size, 0);
  });

  it('the addresses of who resumed are no difference between two books', () => {
    const world = begunAt(HERE);
    const [one] = answers(world, 'outage');
    const [, two] = answers(world, 'outage', { plan: { ...world.plan, siteAddresses: elsewhere } });
    assert.ok(one && two);
    assert.equal(operationUnderWay([one, two], 'dc1')?.book.plan.id, 'plan-1');
  });
});
