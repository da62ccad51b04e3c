import type { Clock } from '../../../src/core/ports';

/** Time that moves when told. */
export class StepClock implements Clock {
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

  /** How many wait for time to pass. */
  get waiting(): number {
    return this.sleepers.length;
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
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
