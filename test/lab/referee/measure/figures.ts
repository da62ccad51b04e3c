import type { Handover } from '../judge/verdict';

/** The longest pause of one kind of answer: from the last one before it to the first one after it. */
export interface Pause {
  readonly fromMs: number;
  readonly toMs: number;
  readonly durationMs: number;
}

/** Undefined figures: there was nothing to measure, which is not 0. */
export interface Measurement {
  /** Last acknowledged write on the old host -> first one on the new host. */
  readonly writeOutage: Handover | undefined;
  /** VIP gone from the old host -> there on the new host. Negative: both held it for so long. */
  readonly vipGap: Handover | undefined;
  /** The longest time in which nobody answered for the VIP, seen by the operator every 5 ms. */
  readonly vipSilence: Pause | undefined;
  /** The longest time without a good answer to the ping through the VIP, by port: 9500, 9501. */
  readonly managementOutage: Readonly<Record<string, Pause | undefined>>;
  /** The stopwatch's own pace: the longest time between two of its ticks. A figure can't be finer. */
  readonly worstTickMs: number;
  readonly cpuShare: number;
  readonly watchedMs: number;
}

export interface Acknowledgement {
  readonly host: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** The longest of all handovers between hosts, in the order in which the acknowledgements came. */
export function writeOutage(acknowledgements: readonly Acknowledgement[]): Handover | undefined {
  let longest: Handover | undefined;
  acknowledgements.forEach((next, index) => {
    const previous = acknowledgements[index - 1];
    if (previous === undefined || previous.host === next.host) return;
    const durationMs = next.endMs - previous.endMs;
    if (longest !== undefined && longest.durationMs >= durationMs) return;
    longest = { from: previous.host, to: next.host, fromMs: previous.endMs, toMs: next.endMs, durationMs };
  });
  return longest;
}

/** The longest time between two good answers; undefined with less than two. */
export function longestPause(answeredMs: readonly number[]): Pause | undefined {
  let longest: Pause | undefined;
  answeredMs.forEach((toMs, index) => {
    const fromMs = answeredMs[index - 1];
    if (fromMs === undefined || toMs - fromMs <= (longest?.durationMs ?? 0)) return;
    longest = { fromMs, toMs, durationMs: toMs - fromMs };
  });
  return longest;
}
