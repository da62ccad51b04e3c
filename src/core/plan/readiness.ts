import type { CheckResult, Plan } from './plan';

/** Whether a plan may be started, and what is in the way. Check ids, in the plan's order. */
export interface Readiness {
  readonly ready: boolean;
  readonly blocking: readonly string[];
  /** Checks that need a typed reason and have none. */
  readonly unacknowledged: readonly string[];
}

/** An unknown check acts as if it had fired. */
export function acts(check: CheckResult): boolean {
  return check.outcome !== 'passed';
}

/** White space is no reason; one that must name host and number has them in it, word for word. */
export function isReason({ phrase }: CheckResult, typed: string): boolean {
  return typed.trim() !== '' && (phrase === undefined || typed.includes(phrase));
}

/** @param acknowledged typed reasons by check id; white space is no reason. */
export function planReadiness(plan: Plan, acknowledged: Readonly<Record<string, string>>): Readiness {
  const acting = plan.checks.filter(acts);
  const blocking = acting.filter((check) => check.level === 'block').map((check) => check.id);
  const unacknowledged = acting
    .filter((check) => check.level === 'acknowledge' && !isReason(check, acknowledged[check.id] ?? ''))
    .map((check) => check.id);
  return { ready: blocking.length === 0 && unacknowledged.length === 0, blocking, unacknowledged };
}
