import assert from 'node:assert/strict';
import { Feed } from '../../../src/ui/runbook/feed';
import { healthyPlan } from '../../workbench/runbook/plan';
import { ScriptedController } from '../../workbench/runbook/scriptedController';
import { snapshotAt } from '../../workbench/runbook/snapshots';

describe('what the page is told', () => {
  const plan = healthyPlan(1_700_000_000_000);

  function feedOf(reasons: () => Readonly<Record<string, string>> = () => ({})) {
    const controller = new ScriptedController(plan);
    const feed = new Feed(controller, reasons);
    const types = () => feed.next(1).map(({ type }) => type);
    return { controller, feed, types };
  }

  it('is the plan once, then only what changed', () => {
    const { controller, types } = feedOf();
    assert.deepEqual(types(), ['plan']);
    assert.deepEqual(types(), []);
    controller.run = snapshotAt(plan, 0, {});
    // The plan again: the key that a reload needs now holds the run.
    assert.deepEqual(types(), ['plan', 'snapshot']);
    controller.run = snapshotAt(plan, 0, { upTo: 'open' });
    assert.deepEqual(types(), ['snapshot']);
    controller.spans = [
      { id: 'writes', label: 'Writes', startedAtMs: 0, endedAtMs: 1, measuredBy: 'a test' },
    ];
    assert.deepEqual(types(), ['measurements']);
  });

  it('is everything again for a page that was loaded anew', () => {
    const { controller, feed, types } = feedOf();
    controller.run = snapshotAt(plan, 0, { upTo: 'open' });
    types();
    feed.reset();
    assert.deepEqual(types(), ['plan', 'snapshot']);
  });

  it('holds the plan anew when a reason was typed or the site changed', () => {
    let reasons: Readonly<Record<string, string>> = {};
    const { controller, types } = feedOf(() => reasons);
    types();
    reasons = { snat: 'window 4711' };
    assert.deepEqual(types(), ['plan']);
    controller.difference = 'cc2 is writable.';
    assert.deepEqual(types(), ['plan']);
    controller.hostsClosed = { reason: 'not trusted', next: 'trust it' };
    assert.deepEqual(types(), ['plan']);
  });

  it('says whether it can be planned again, and by which command a new plan is made where it can not', () => {
    const { controller, feed } = feedOf();
    const told = () => feed.next(1).find((message) => message.type === 'plan');
    assert.equal(told()?.canPlanAgain, true);
    controller.plansAgain = false;
    feed.reset();
    const fromJournal = told();
    assert.equal(fromJournal?.canPlanAgain, false);
    assert.equal(fromJournal?.command, 'Promote Standby');
  });

  it('does not repeat the plan in every snapshot', () => {
    const { controller, feed } = feedOf();
    controller.run = snapshotAt(plan, 0, {});
    const snapshot = feed.next(42).find((message) => message.type === 'snapshot');
    assert.ok(snapshot?.type === 'snapshot' && !('plan' in snapshot.run));
    assert.equal(snapshot.hostNowMs, 42);
  });
});
