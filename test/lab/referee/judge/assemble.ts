import type { BlindSpot, Figures, Interval, Verdict, Violation } from './verdict';

/** The test expects violations of one kind in a time, and says why: a partition, a provoked fault. */
export interface Excuse extends Interval {
  readonly invariant: Violation['invariant'];
  readonly reason: string;
}

export interface Findings {
  readonly violations: readonly Violation[];
  readonly excuses: readonly Excuse[];
  readonly blind: readonly BlindSpot[];
  readonly figures: Figures;
  readonly startedAt: string;
  readonly watchedMs: number;
}

export function assemble(found: Findings): Verdict {
  const violations: Violation[] = [];
  const excused: (Violation & { reason: string })[] = [];
  for (const violation of joined(found.violations)) {
    const excuse = found.excuses.find(
      (one) =>
        one.invariant === violation.invariant && one.fromMs <= violation.fromMs && one.toMs >= violation.toMs,
    );
    if (excuse === undefined) violations.push(violation);
    else excused.push({ ...violation, reason: excuse.reason });
  }
  const { blind, figures, startedAt, watchedMs } = found;
  const clean = violations.length === 0 && blind.length === 0;
  return { clean, violations, excused, blind, figures, startedAt, watchedMs };
}

/** Proofs of one and the same thing (several accounts, several processes) become one violation. */
export function joined(violations: readonly Violation[]): Violation[] {
  const result: Violation[] = [];
  for (const next of [...violations].sort((a, b) => a.fromMs - b.fromMs)) {
    const index = result.findIndex(
      (one) =>
        one.invariant === next.invariant && one.toMs >= next.fromMs && sharesHost(one.hosts, next.hosts),
    );
    const one = result[index];
    if (one === undefined) result.push(next);
    else {
      result[index] = {
        invariant: one.invariant,
        hosts: [...new Set([...one.hosts, ...next.hosts])].sort(),
        fromMs: one.fromMs,
        toMs: Math.max(one.toMs, next.toMs),
        evidence: [...new Set([...one.evidence, ...next.evidence])],
      };
    }
  }
  return result;
}

function sharesHost(a: readonly string[], b: readonly string[]): boolean {
  return a.some((host) => b.includes(host));
}
