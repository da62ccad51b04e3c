import assert from 'node:assert/strict';
import { HIDDEN_INTERVAL_MS, RefreshManager, type RefreshReason } from '../../../src/ui/sites/refreshManager';
import { settle, StepClock } from './stepClock';

function setUp(initialMs = 15_000) {
  const setting = { intervalMs: initialMs };
  const clock = new StepClock();
  const reasons: RefreshReason[] = [];
  let finish: () => void = () => undefined;
  const hold = { on: false };
  const refresh = (reason: RefreshReason): Promise<void> => {
    reasons.push(reason);
    return hold.on ? new Promise((resolve) => (finish = resolve)) : Promise.resolve();
  };
  const manager = new RefreshManager({ clock, intervalMs: () => setting.intervalMs, refresh });
  return { clock, reasons, manager, setting, hold, finish: () => finish() };
}

describe('RefreshManager', () => {
  it('asks no host before the view is first seen', async () => {
    const { clock, reasons, manager } = setUp();
    manager.request('inventory changed');
    await clock.advance(60_000);
    assert.deepEqual(reasons, []);
    manager.setVisible(true);
    await clock.advance(0);
    assert.deepEqual(reasons, ['first shown']);
  });

  it('goes on by interval only while the view is visible', async () => {
    const { clock, reasons, manager } = setUp();
    manager.setVisible(true);
    await clock.advance(0);
    await clock.advance(15_000);
    assert.deepEqual(reasons, ['first shown', 'interval']);
    manager.setVisible(false);
    await clock.advance(60_000);
    assert.equal(reasons.length, 2);
  });

  it('goes on seldom while the view is hidden, and by interval again once it is seen', async () => {
    const { clock, reasons, manager } = setUp();
    manager.setVisible(true);
    await clock.advance(0);
    manager.setVisible(false);
    await clock.advance(HIDDEN_INTERVAL_MS - 1);
    assert.equal(reasons.length, 1);
    await clock.advance(1);
    await clock.advance(HIDDEN_INTERVAL_MS);
    assert.deepEqual(reasons, ['first shown', 'interval', 'interval']);
    manager.setVisible(true);
    await clock.advance(1_000);
    await clock.advance(15_000);
    assert.equal(reasons.length, 5);
  });

  it('asks a hidden view no more often than a visible one', async () => {
    const { clock, reasons, manager } = setUp(3_600_000);
    manager.setVisible(true);
    await clock.advance(0);
    manager.setVisible(false);
    await clock.advance(3_599_999);
    assert.equal(reasons.length, 1);
    await clock.advance(1);
    assert.equal(reasons.length, 2);
  });

  it('waits for a look that takes longer than the view is hidden, and never begins a second', async () => {
    const { clock, reasons, manager, hold, finish } = setUp();
    hold.on = true;
    manager.setVisible(true);
    await clock.advance(0);
    manager.setVisible(false);
    await clock.advance(3 * HIDDEN_INTERVAL_MS);
    assert.deepEqual(reasons, ['first shown']);
    finish();
    await settle();
    await clock.advance(HIDDEN_INTERVAL_MS);
    assert.deepEqual(reasons, ['first shown', 'interval']);
  });

  it('asks nobody about a view that was hidden from the start', async () => {
    const { clock, reasons, manager } = setUp();
    manager.setVisible(false);
    await clock.advance(3 * HIDDEN_INTERVAL_MS);
    assert.deepEqual(reasons, []);
  });

  it('does what was asked for just before the view was hidden', async () => {
    const { clock, reasons, manager } = setUp();
    manager.setVisible(true);
    await clock.advance(0);
    manager.request('operation ended');
    manager.setVisible(false);
    await clock.advance(1_000);
    assert.deepEqual(reasons, ['first shown', 'operation ended']);
  });

  it('asks no more on its own once the interval is 0, visible or not', async () => {
    const { clock, reasons, manager, setting } = setUp();
    manager.setVisible(true);
    await clock.advance(0);
    setting.intervalMs = 0;
    manager.setVisible(false);
    await clock.advance(3 * HIDDEN_INTERVAL_MS);
    assert.deepEqual(reasons, ['first shown']);
  });

  it('asks on demand only when the interval is 0', async () => {
    const { clock, reasons, manager } = setUp(0);
    manager.setVisible(true);
    await clock.advance(0);
    await clock.advance(3_600_000);
    assert.deepEqual(reasons, ['first shown']);
    await manager.refreshNow();
    assert.deepEqual(reasons, ['first shown', 'asked for']);
  });

  it('joins wishes that come together', async () => {
    const { clock, reasons, manager } = setUp();
    manager.setVisible(true);
    await clock.advance(0);
    manager.request('inventory changed');
    manager.request('inventory changed');
    manager.request('settings changed');
    await clock.advance(1_000);
    assert.deepEqual(reasons, ['first shown', 'settings changed']);
  });

  it('never runs two at once; a wish during one is followed by another', async () => {
    const { clock, reasons, manager, hold, finish } = setUp();
    hold.on = true;
    manager.setVisible(true);
    await clock.advance(0);
    manager.request('inventory changed');
    await clock.advance(10_000);
    assert.deepEqual(reasons, ['first shown']);
    finish();
    await settle();
    await clock.advance(1_000);
    assert.deepEqual(reasons, ['first shown', 'inventory changed']);
  });

  it('resolves refreshNow after a refresh that began after the call', async () => {
    const { clock, reasons, manager, hold, finish } = setUp();
    hold.on = true;
    manager.setVisible(true);
    await clock.advance(0);
    let resolved = false;
    const asked = manager.refreshNow().then(() => (resolved = true));
    finish();
    await settle();
    assert.deepEqual(reasons, ['first shown', 'asked for']);
    assert.equal(resolved, false);
    finish();
    await asked;
  });

  it('is silent after dispose', async () => {
    const { clock, reasons, manager } = setUp();
    manager.setVisible(true);
    manager.dispose();
    manager.setVisible(false);
    await clock.advance(3 * HIDDEN_INTERVAL_MS);
    assert.deepEqual(reasons, []);
    assert.equal(clock.waiting, 0);
  });
});
