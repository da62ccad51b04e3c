import type { Demand } from './judge/coverage';

export interface JudgeOptions {
  /** The hosts that may be writers, by name. */
  readonly hosts: readonly string[];
  readonly vip: string;
  /** One write attempt an account and host. Default 10. */
  readonly attemptEveryMs: number;
  /** Less than this, and the verdict isn't clean. */
  readonly demands: Demands;
}

export interface Demands {
  readonly attempts: Demand;
  readonly processes: Demand;
  readonly snat: Demand;
  readonly vip: Demand;
  readonly referee: Demand;
}

/**
 * Less than half of what is asked for: two labs side by side on two cores must still be judged, and what is shorter
 * than a gap allowed here is caught by the order of events, not by polling.
 */
export const DEFAULT_DEMANDS: Demands = {
  attempts: { perSecond: 40, maxGapMs: 500 },
  processes: { perSecond: 12, maxGapMs: 500 },
  snat: { perSecond: 3, maxGapMs: 1500 },
  vip: { perSecond: 1, maxGapMs: 3000 },
  referee: { perSecond: 40, maxGapMs: 500 },
};

/** What a test asks the referee's process, one at a time; each is answered. */
export type Request =
  | { readonly kind: 'judge'; readonly options: JudgeOptions }
  | { readonly kind: 'measure'; readonly options: MeasureOptions }
  | { readonly kind: 'permit'; readonly host: string }
  | { readonly kind: 'excuse'; readonly invariant: string; readonly reason: string; readonly on: boolean }
  | { readonly kind: 'rejoin'; readonly host: string; readonly on: boolean }
  | { readonly kind: 'finish'; readonly writer: string | undefined };

export interface MeasureOptions {
  readonly hosts: readonly string[];
  readonly vip: string;
  /** At most 5. */
  readonly writeEveryMs: number;
}

export type Reply =
  { readonly kind: 'done'; readonly value?: unknown } | { readonly kind: 'failed'; readonly message: string };
