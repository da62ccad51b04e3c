import type { Clock } from '../../../../src/core/ports';

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly fire: () => void;
}

/** Time that passes only when nothing else can happen. Timers fire in their order, so that a run is repeatable. */
export class VirtualClock implements Clock {
  private atMs = 0;
  private order = 0;
  private timers: Timer[] = [];

  nowMs(): number {
    return 1_700_000_000_000 + this.atMs;
  }

  monotonicMs(): number {
    return this.atMs;
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(new Error('aborted'));
        return;
      }
      const abort = (): void => {
        this.timers = this.timers.filter((other) => other !== timer);
        reject(new Error('aborted'));
      };
      const fire = (): void => {
        signal?.removeEventListener('abort', abort);
        resolve();
      };
      const timer: Timer = { atMs: this.atMs + Math.max(0, durationMs), order: this.order++, fire };
      this.timers.push(timer);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** Lets time pass until the promise settles. Rejects when it never can, or not within `limitMs` of virtual time. */
  async until<T>(promise: Promise<T>, limitMs = 10 * 60_000): Promise<T> {
    const end = this.atMs + limitMs;
    const settled = { yet: false };
    const watched = promise.finally(() => (settled.yet = true));
    watched.catch(() => undefined);
    for (;;) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (settled.yet) return watched;
      if (!this.step() || this.atMs > end) throw new Error(`nothing can happen any more at ${this.atMs} ms`);
    }
  }

  /** Lets this much time pass. */
  async pass(durationMs: number): Promise<void> {
    await this.until(this.sleep(durationMs), durationMs);
  }

  private step(): boolean {
    const next = this.timers.reduce<Timer | undefined>(
      (first, timer) =>
        !first || timer.atMs < first.atMs || (timer.atMs === first.atMs && timer.order < first.order)
          ? timer
          : first,
      undefined,
    );
    if (!next) return false;
    this.timers = this.timers.filter((timer) => timer !== next);
    this.atMs = next.atMs;
    next.fire();
    return true;
  }
}
