import type { RunEnd } from '../plan/plan';

export const DRILL_FORMAT = 1;

/** What users would have noticed of one promotion, ms; absent where it was not measured. */
export interface DrillOutages {
  readonly writesMs?: number;
  readonly vipMs?: number;
  readonly managementMs?: number;
}

/** One promotion of a drill. */
export interface DrillLeg {
  readonly runId: string;
  readonly target: string;
  readonly startedAtMs: number;
  readonly end: RunEnd | undefined;
  readonly summary: string;
  readonly outages: DrillOutages;
}

/** The whole promotion there and back, as often as asked. Plain JSON: one file each in the state directory. */
export interface Drill {
  readonly format: typeof DRILL_FORMAT;
  readonly id: string;
  readonly site: string;
  readonly operator: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** There and back is one round. */
  readonly rounds: number;
  readonly legs: readonly DrillLeg[];
  /** `refused`: nothing was begun. `stopped`: a promotion did not end as it should, or the site did not become healthy. */
  readonly end: 'done' | 'refused' | 'stopped';
  readonly reason: string;
}

export const OUTAGES = [
  { key: 'writesMs', label: 'Writes' },
  { key: 'vipMs', label: 'Virtual IP' },
  { key: 'managementMs', label: 'Management' },
] as const;

export type OutageKey = (typeof OUTAGES)[number]['key'];

/** Median (the upper of two) and worst of one outage over all legs that measured it; undefined where none did. */
export function outageFigures(
  legs: readonly DrillLeg[],
  key: OutageKey,
): { readonly count: number; readonly medianMs: number; readonly worstMs: number } | undefined {
  const values = legs.flatMap(({ outages }) => outages[key] ?? []).sort((a, b) => a - b);
  const [middle, worst] = [values[Math.floor(values.length / 2)], values.at(-1)];
  return middle === undefined || worst === undefined
    ? undefined
    : { count: values.length, medianMs: middle, worstMs: worst };
}
