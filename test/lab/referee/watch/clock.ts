/** A child program's timestamp that is further off than this comes from a wall clock that was set, not from a delay. */
const BELIEVABLE_DELAY_MS = 2000;

/** Milliseconds since the watch began; never jumps. */
export class WatchClock {
  readonly startedAt = new Date().toISOString();
  private readonly origin = performance.now();
  private readonly wallAtOrigin = exactWallMs() - (performance.now() - this.origin);

  now(): number {
    return performance.now() - this.origin;
  }

  /** A moment that another program read from the wall clock (with fractions of a millisecond) just before now. */
  fromWall(epochMs: number): number {
    const now = this.now();
    const ms = epochMs - this.wallAtOrigin;
    return ms > now || now - ms > BELIEVABLE_DELAY_MS ? now : ms;
  }
}

/** `Date.now()` cuts fractions off, which would blur a VIP gap of 1.4 ms: waits for it to tick. */
function exactWallMs(): number {
  const first = Date.now();
  let next = first;
  while (next === first) next = Date.now();
  return next;
}
