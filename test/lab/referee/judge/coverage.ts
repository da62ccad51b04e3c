import type { BlindSpot, Rate } from './verdict';

/** What a watch must manage to be believed. */
export interface Demand {
  readonly perSecond: number;
  /** No two answers further apart than this. */
  readonly maxGapMs: number;
}

/** Keeps book of when one watch really saw one host. */
export class Coverage {
  private observations = 0;
  private worstGapMs = 0;
  private seenUntilMs: number;
  private readonly spots: BlindSpot[] = [];

  constructor(
    private readonly watch: string,
    private readonly host: string,
    private readonly demand: Demand,
    private readonly sinceMs: number,
  ) {
    this.seenUntilMs = sinceMs;
  }

  /** An answer (of any kind) that was asked for at `startMs` and came at `endMs`. */
  answered(startMs: number, endMs: number): void {
    this.observations++;
    if (endMs - startMs > this.demand.maxGapMs) {
      this.gap(endMs, startMs - this.seenUntilMs > this.demand.maxGapMs ? 'not asked' : 'asked, no answer');
    } else if (startMs - this.seenUntilMs > this.demand.maxGapMs) this.gap(startMs, 'not asked');
    this.worstGapMs = Math.max(this.worstGapMs, startMs - this.seenUntilMs, endMs - startMs);
    this.seenUntilMs = endMs;
  }

  /** Something is known to have been missed, whatever the rate says. */
  missed(fromMs: number, toMs: number, reason: string): void {
    this.spots.push({ watch: this.watch, host: this.host, fromMs, toMs, reason });
  }

  result(endMs: number): { rate: Rate; blind: BlindSpot[] } {
    if (endMs - this.seenUntilMs > this.demand.maxGapMs) {
      this.worstGapMs = Math.max(this.worstGapMs, endMs - this.seenUntilMs);
      this.gap(endMs, 'no answer until the end of the watch');
    }
    const seconds = Math.max(endMs - this.sinceMs, 1) / 1000;
    const perSecond = this.observations / seconds;
    const blind = [...this.spots];
    // A watch shorter than an allowed gap may have had its next look ahead.
    const longEnough = endMs - this.sinceMs > this.demand.maxGapMs;
    if (longEnough && perSecond < this.demand.perSecond) {
      const reason = `${perSecond.toFixed(1)} answers a second; ${String(this.demand.perSecond)} are demanded`;
      blind.push({ watch: this.watch, host: this.host, fromMs: this.sinceMs, toMs: endMs, reason });
    }
    const { watch, host, observations, worstGapMs } = this;
    const rate = {
      watch,
      host,
      observations,
      perSecond,
      worstGapMs,
      demandedPerSecond: this.demand.perSecond,
    };
    return { rate, blind };
  }

  private gap(untilMs: number, reason: string): void {
    this.missed(this.seenUntilMs, untilMs, reason);
  }
}
