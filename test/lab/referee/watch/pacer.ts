/** Calls again and again at a pace that makes up for late calls, so that the mean holds; skips what is long past. */
export class Pacer {
  private timer: NodeJS.Timeout | undefined;
  private dueMs = performance.now();
  /** Longest time between two calls. */
  worstMs = 0;
  private lastMs = this.dueMs;

  constructor(
    private readonly everyMs: number,
    private readonly call: () => void,
  ) {
    this.plan();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private plan(): void {
    const now = performance.now();
    this.dueMs = Math.max(this.dueMs + this.everyMs, now);
    // Timers are late by up to a millisecond, never early.
    this.timer = setTimeout(() => this.due(), Math.floor(this.dueMs - now));
  }

  private due(): void {
    const now = performance.now();
    this.worstMs = Math.max(this.worstMs, now - this.lastMs);
    this.lastMs = now;
    this.plan();
    this.call();
  }
}
