import type { Plan } from '../plan/plan';
import type { RunSnapshot } from '../run/snapshot';

/** Runs that count; older ones tell of other hosts and other data. */
const RUNS = 20;

/** The median of what each step took in the last finished runs of one operation on one site, by step. */
export function usualTimes(
  runs: readonly RunSnapshot[],
  site: string,
  operation: string,
): ReadonlyMap<string, number> {
  const alike = runs
    .filter(({ plan, end }) => plan.site === site && plan.operation === operation && end === 'done')
    .slice(-RUNS);
  const times = new Map<string, number[]>();
  for (const { steps } of alike) {
    for (const { id, state, durationMs } of steps) {
      if (state === 'done' && durationMs !== undefined) times.set(id, [...(times.get(id) ?? []), durationMs]);
    }
  }
  return new Map([...times].map(([id, all]) => [id, median(all)]));
}

export function withUsualTimes(plan: Plan, usual: ReadonlyMap<string, number>): Plan {
  const steps = plan.steps.map((step) => ({
    ...step,
    usualMs: Math.round(usual.get(step.id) ?? step.usualMs),
  }));
  return { ...plan, steps };
}

/** Of one value or more; the upper of two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
