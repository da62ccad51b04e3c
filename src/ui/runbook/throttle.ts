/** Timers, so that tests need not wait. `setTimeout` and `performance.now` fit. */
export interface ThrottleTime {
  nowMs(): number;
  after(delayMs: number, call: () => void): { cancel(): void };
}

export const realTime: ThrottleTime = {
  nowMs: () => performance.now(),
  after: (delayMs, call) => {
    const timer = setTimeout(call, delayMs);
    return { cancel: () => clearTimeout(timer) };
  },
};

/** Lets a call through at once, then at most one each `intervalMs`; the last wish is always served. */
export class Throttle {
  private lastAtMs = Number.NEGATIVE_INFINITY;
  private pending: { cancel(): void } | undefined;

  constructor(
    private readonly intervalMs: number,
    private readonly call: () => void,
    private readonly time: ThrottleTime = realTime,
  ) {}

  request(): void {
    if (this.pending) return;
    const waitMs = this.lastAtMs + this.intervalMs - this.time.nowMs();
    if (waitMs <= 0) this.flush();
    else this.pending = this.time.after(waitMs, () => this.flush());
  }

  /** Serves a pending wish now. */
  flush(): void {
    this.cancel();
    this.lastAtMs = this.time.nowMs();
    this.call();
  }

  cancel(): void {
    this.pending?.cancel();
    this.pending = undefined;
  }
}
