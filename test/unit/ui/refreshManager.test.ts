import assert from 'node:assert/strict';
import type { Clock } from '../../../src/core/ports';
import { RefreshManager, type RefreshReason } from '../../../src/ui/sites/refreshManager';

/** Time that moves when told. */
class StepClock implements Clock {
  private now = 0;
  private sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];

  nowMs = () => this.now;
  monotonicMs = () => this.now;

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { atMs: this.now + durationMs, wake: resolve };
      this.sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.sleepers = this.sleepers.filter((other) => other !== sleeper);
        reject(signal.reason as Error);
      });
    });
  }

  async advance(ms: number): Promise<void> {
    this.now += ms;
    const due = this.sleepers.filter(({ atMs }) => atMs <= this.now);
    this.sleepers = this.sleepers.filter(({ atMs }) => atMs > this.now);
    due.forEach(({ wake }) => wake());
    await settle();
  }
}

/** Lets every promise that can go on go on. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function setUp(intervalMs = 15_000) {
  const clock = new StepClock();
  const reasons: RefreshReason[] = [];
  let finish: () => void = () => undefined;
  const hold = { on: false };
  const refresh = (reason: RefreshReason): Promise<void> => {
    reasons.push(reason);
    return hold.on ? new Promise((resolve) => (finish = resolve)) : Promise.resolve();
  };
  const manager = new RefreshManager({ clock, intervalMs: () => intervalMs, refresh });
  return { clock, reasons, manager, hold, finish: () => finish() };
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
    await clock.advance(60_000);
    assert.deepEqual(reasons, []);
  });
});
