import assert from 'node:assert/strict';
import { operationUnderWay } from '../../../src/core/operate/hostOperations';
import { promotionSketch, sketchPlan } from './world/plans';
import { World } from './world/world';
import { answers } from './world/otherMachine';

describe('what hosts tell of operations', () => {
  const world = new World(sketchPlan(promotionSketch()));

  it('an end that one host knows holds for all', () => {
    const [one, two] = [answers(world, 'outage')[0], answers(world, 'undone')[1]];
    assert.ok(one && two);
    assert.equal(operationUnderWay([one, two], 'dc1'), undefined);
    assert.notEqual(operationUnderWay([one], 'dc1'), undefined);
  });

  it('two different plans of one name are refused: somebody has changed one', () => {
    const [one] = answers(world, 'outage');
    const [, two] = answers(world, 'outage', { plan: { ...world.plan, title: 'Another' } });
    assert.ok(one && two);
    assert.throws(() => operationUnderWay([one, two], 'dc1'), /different plans/);
  });

  it('who resumed is no difference, nor when', () => {
    const [one] = answers(world, 'outage');
    const [, two] = answers(world, 'outage', { operator: 'bob', startedAtMs: 61_000 });
    assert.ok(one && two);
    assert.equal(operationUnderWay([one, two], 'dc1')?.book.plan.id, 'plan-1');
  });

  it('a plan of a newer format, and none at all, say where to resume', () => {
    const broken = answers(world, 'outage', { format: 2 as 1 });
    assert.throws(() => operationUnderWay(broken, 'dc1'), /does not read/);
    const none = answers(world, 'outage').map((one) => ({ ...one, book: '' }));
    assert.throws(() => operationUnderWay(none, 'dc1'), /No host holds the plan/);
    assert.throws(() => operationUnderWay(answers(world, 'outage'), 'dc2'), /of dc2 and hold plan-1 of dc1/);
    assert.equal(operationUnderWay([{ host: 'cc1', known: false, reason: 'away' }], 'dc1'), undefined);
  });
});
