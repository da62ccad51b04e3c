import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Throttle, type ThrottleTime } from '../../../src/ui/runbook/throttle';

class ManualTime implements ThrottleTime {
  private atMs = 0;
  private due: { atMs: number; call: () => void } | undefined;

  nowMs(): number {
    return this.atMs;
  }

  after(delayMs: number, call: () => void): { cancel(): void } {
    const mine = { atMs: this.atMs + delayMs, call };
    this.due = mine;
    return {
      cancel: () => {
        if (this.due === mine) this.due = undefined;
      },
    };
  }

  pass(durationMs: number): void {
    const end = this.atMs + durationMs;
    while (this.due && this.due.atMs <= end) {
      const { atMs, call } = this.due;
      this.due = undefined;
      this.atMs = atMs;
      call();
    }
    this.atMs = end;
  }
}

describe('the throttle of snapshots', () => {
  it('never serves twice within its interval, and always serves the last wish', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(120), { minLength: 1, maxLength: 60 }), (pauses) => {
        const time = new ManualTime();
        const served: { atMs: number; value: number }[] = [];
        let value = 0;
        const throttle = new Throttle(50, () => served.push({ atMs: time.nowMs(), value }), time);
        for (const pauseMs of pauses) {
          value += 1;
          throttle.request();
          time.pass(pauseMs);
        }
        time.pass(50);
        assert.equal(served.at(-1)?.value, value);
        served.slice(1).forEach(({ atMs }, index) => assert.ok(atMs - (served[index]?.atMs ?? 0) >= 50));
      }),
    );
  });

  it('serves the first wish at once', () => {
    const time = new ManualTime();
    let served = 0;
    new Throttle(50, () => served++, time).request();
    assert.equal(served, 1);
  });

  it('serves nothing after it was cancelled', () => {
    const time = new ManualTime();
    let served = 0;
    const throttle = new Throttle(50, () => served++, time);
    throttle.request();
    throttle.request();
    throttle.cancel();
    time.pass(1000);
    assert.equal(served, 1);
  });
});
