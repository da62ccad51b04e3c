import assert from 'node:assert/strict';
import type { SiteView } from '../../../src/ui/sites/monitor';
import { Ageing } from '../../../src/ui/status/ageing';
import { claimOf } from '../../../src/ui/status/claim';
import { StepClock } from './stepClock';
import { view } from './views';

const NIGHT_MS = 9 * 3_600_000;

function setUp(...first: SiteView[]) {
  const clock = new StepClock();
  const shown: string[] = [];
  let views: readonly SiteView[] = first;
  const listeners = new Set<() => void>();
  const monitor = {
    all: () => views,
    onDidChange: (listener: () => void) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
  const ageing = new Ageing(monitor, clock, () => {
    shown.push(claimOf(views, { nowMs: clock.nowMs(), oldAfterMs: 60_000 }).icon);
  });
  const observe = (...next: SiteView[]): void => {
    views = next;
    listeners.forEach((listener) => listener());
  };
  return { clock, shown, ageing, observe, listeners };
}

describe('what was seen, as it grows old', () => {
  it('is shown anew without another look: healthy does not stay healthy over a night', async () => {
    const { clock, shown } = setUp(view('dc1', { state: 'healthy', atMs: 0 }));
    assert.deepEqual(shown, ['$(pass)']);
    await clock.advance(30_000);
    await clock.advance(30_000);
    assert.equal(shown.at(-1), '$(history)');
    // The machine slept: one tick later it is true again.
    await clock.advance(NIGHT_MS);
    assert.equal(shown.length, 4);
    assert.equal(clock.waiting, 1);
  });

  it('is new again with the next look, and one timer is enough', async () => {
    const { clock, shown, observe } = setUp(view('dc1', { state: 'healthy', atMs: 0 }));
    await clock.advance(120_000);
    assert.equal(shown.at(-1), '$(history)');
    observe(view('dc1', { state: 'healthy', atMs: 120_000 }));
    observe(view('dc1', { state: 'error', atMs: 120_000 }));
    assert.deepEqual(shown.slice(-2), ['$(pass)', '$(error)']);
    assert.equal(clock.waiting, 1);
  });

  it('has no timer where nothing was seen that could grow old', async () => {
    const { clock, shown, observe } = setUp();
    await clock.advance(NIGHT_MS);
    assert.equal(shown.length, 1);
    observe(view('dc1', undefined));
    assert.equal(clock.waiting, 0);
    observe(view('dc1', { state: 'healthy', atMs: clock.nowMs() }));
    assert.equal(clock.waiting, 1);
    observe();
    assert.equal(clock.waiting, 0);
  });

  it('is let go of when it is disposed of', async () => {
    const { clock, shown, ageing, listeners } = setUp(view('dc1', { state: 'healthy', atMs: 0 }));
    ageing.dispose();
    await clock.advance(NIGHT_MS);
    assert.equal(shown.length, 1);
    assert.equal(clock.waiting, 0);
    assert.equal(listeners.size, 0);
  });
});
