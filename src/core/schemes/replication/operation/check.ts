import { type Fact } from '../../../observe/fact';
import type { CheckLevel, CheckResult } from '../../../plan/plan';
import type { PromoteContext } from './context';

/** The levels of a check differ by it: in an emergency the old primary is dead, and waiting costs more. */
export type CheckMode = 'planned' | 'emergency';

/** What a check saw. Evidence names hosts and values; a remedy says what to do. */
export type Verdict =
  | { readonly outcome: 'passed'; readonly evidence: readonly string[] }
  | {
      readonly outcome: 'fired';
      readonly evidence: readonly string[];
      readonly remedy: string;
      /** Where this finding is milder than the check's own level. */
      readonly level?: CheckLevel;
      /** Words that the operator's reason must hold. */
      readonly phrase?: string;
    };

/** One line of the preflight. `C` is what the operation's checks read: a promotion's context unless said otherwise. */
export interface Check<C = PromoteContext> {
  readonly id: string;
  readonly title: string;
  readonly level: CheckLevel;
  /** In an emergency, where that is not the same. */
  readonly emergency?: CheckLevel;
  /** Throws `UnknownFact` where a fact it needs could not be read. */
  run(context: C): Verdict;
}

/** A check that needs this fact can't be answered. It then acts as if it had fired. */
export class UnknownFact extends Error {}

/** The fact's value. @throws UnknownFact with host and reason. */
export function need<T>(fact: Fact<T>, host: string, what: string): T {
  if (!fact.known) {
    throw new UnknownFact(`${host}: ${what} is unknown: ${fact.reason}`);
  }
  return fact.value;
}

/** Standard output of a question asked before the plan. @throws UnknownFact when it was not answered. */
export function needAnswer(context: Pick<PromoteContext, 'answers'>, id: string, host: string): string {
  const answer = context.answers[id];
  if (answer === undefined) {
    throw new UnknownFact(`${host}: ${id} was not asked`);
  }
  if (!answer.answered) {
    throw new UnknownFact(`${host}: ${id}: ${answer.reason}`);
  }
  if (answer.exitCode !== 0) {
    throw new UnknownFact(`${host}: ${id} ended with ${answer.exitCode}: ${answer.stderr.trim()}`);
  }
  return answer.stdout.trim();
}

export const passed = (...evidence: string[]): Verdict => ({ outcome: 'passed', evidence });

/** Fired when there is any evidence against, else passed. */
export function verdict(
  against: readonly string[],
  remedy: string,
  inFavour: readonly string[],
  level?: CheckLevel,
): Verdict {
  if (against.length === 0) {
    return { outcome: 'passed', evidence: inFavour };
  }
  return { outcome: 'fired', evidence: against, remedy, ...(level === undefined ? {} : { level }) };
}

/** Runs one check. None hides another: what it throws becomes its own result. */
export function runCheck<C>(check: Check<C>, context: C, mode: CheckMode = 'planned'): CheckResult {
  const level = mode === 'emergency' ? (check.emergency ?? check.level) : check.level;
  const base = { id: check.id, title: check.title, level };
  try {
    const seen = check.run(context);
    return seen.outcome === 'passed'
      ? { ...base, outcome: 'passed', evidence: seen.evidence, remedy: '' }
      : {
          ...base,
          level: seen.level ?? level,
          outcome: 'fired',
          evidence: seen.evidence,
          remedy: seen.remedy,
          ...(seen.phrase === undefined ? {} : { phrase: seen.phrase }),
        };
  } catch (error) {
    if (!(error instanceof UnknownFact)) {
      throw error;
    }
    return {
      ...base,
      outcome: 'unknown',
      evidence: [error.message],
      remedy: 'Make this readable and plan again. What is unknown is never taken for healthy.',
    };
  }
}
