/** What the referee has to say after a run. Times are milliseconds since the watch began. */

/** The invariants that can be seen from outside; I8 (steps can be run again) can't. */
export const INVARIANTS = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7'] as const;
export type Invariant = (typeof INVARIANTS)[number];

export const MEANING: Readonly<Record<Invariant, string>> = {
  I1: 'more than one writable MySQL',
  I2: 'more than one VIP holder',
  I3: 'more than one running cmon',
  I4: 'lsyncd runs twice, or not on the writer',
  I5: 'an acknowledged row is missing on the final writer',
  I6: 'SNAT is not exactly where the VIP is',
  I7: 'an old primary returned as a writer',
};

export interface Interval {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface Violation extends Interval {
  readonly invariant: Invariant;
  readonly hosts: readonly string[];
  /** What was seen, one line each, with times: enough to believe it without the referee. */
  readonly evidence: readonly string[];
}

/** A time in which the referee didn't see what it has to watch. Unknown is never clean. */
export interface BlindSpot extends Interval {
  /** `write/ordinary`, `vip`, `processes`, … */
  readonly watch: string;
  readonly host: string;
  readonly reason: string;
}

/** How often one watch got an answer while its host was there to be asked. */
export interface Rate {
  readonly watch: string;
  readonly host: string;
  readonly observations: number;
  readonly perSecond: number;
  readonly demandedPerSecond: number;
  /** Longest time between two answers. */
  readonly worstGapMs: number;
}

export interface Handover extends Interval {
  readonly from: string;
  readonly to: string;
  readonly durationMs: number;
}

export interface Figures {
  /** Last proof that one host was writable -> first proof that another one was. */
  readonly writerHandovers: readonly Handover[];
  /** VIP gone from one host -> VIP there on the other. 0 or less never is a gap but a violation of I2. */
  readonly vipHandovers: readonly Handover[];
  /** After each change of the VIP: at most this long until SNAT followed. */
  readonly snatSettling: readonly {
    readonly host: string;
    readonly atMs: number;
    readonly withinMs: number;
  }[];
  readonly acknowledgedWrites: Readonly<Record<string, number>>;
  readonly acknowledgedHeartbeats: Readonly<Record<string, number>>;
  readonly rates: readonly Rate[];
  /** Of one core, over the whole watch: the referee's own cost, without what it asked of mysqld. */
  readonly refereeCpuShare: number;
}

export interface Verdict {
  /** No violation, and the referee saw enough to say so. */
  readonly clean: boolean;
  readonly violations: readonly Violation[];
  /** Violations inside a time that the test declared (`excuse`), with its reason. */
  readonly excused: readonly (Violation & { readonly reason: string })[];
  readonly blind: readonly BlindSpot[];
  readonly figures: Figures;
  /** Wall clock, for people. */
  readonly startedAt: string;
  readonly watchedMs: number;
}
