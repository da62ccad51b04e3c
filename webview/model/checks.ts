import type { CheckLevel, CheckResult } from '../../src/shared/protocol';
import type { Mark } from './tone';

export type CheckGroupId = CheckLevel | 'passed';

export interface CheckGroup {
  readonly id: CheckGroupId;
  readonly title: string;
  readonly meaning: string;
  readonly checks: readonly CheckResult[];
}

const groups: readonly { id: CheckGroupId; title: string; meaning: string }[] = [
  { id: 'block', title: 'Blocks the plan', meaning: 'The operation cannot start while one of these stands.' },
  {
    id: 'acknowledge',
    title: 'Needs your reason',
    meaning: 'Each one needs a reason in your words. Reasons are kept in the journal and the report.',
  },
  { id: 'warn', title: 'Warnings', meaning: 'Worth knowing before you start.' },
  { id: 'inform', title: 'For information', meaning: '' },
  { id: 'passed', title: 'Passed', meaning: '' },
];

/** By what a check does now: an unknown one stands where it would stand had it fired. Empty groups are left out. */
export function groupChecks(checks: readonly CheckResult[]): readonly CheckGroup[] {
  return groups
    .map((group) => ({ ...group, checks: checks.filter((check) => groupOf(check) === group.id) }))
    .filter((group) => group.checks.length > 0);
}

export function groupOf(check: CheckResult): CheckGroupId {
  return check.outcome === 'passed' ? 'passed' : check.level;
}

/** Unknown is never drawn as passed, nor as an ordinary finding. */
export function markOf(check: CheckResult): Mark {
  if (check.outcome === 'passed') return { tone: 'good', icon: 'pass-filled', word: 'Passed' };
  if (check.outcome === 'unknown')
    return { tone: 'unknown', icon: 'question', word: unknownWord[check.level] };
  switch (check.level) {
    case 'block':
      return { tone: 'bad', icon: 'error', word: 'Blocks' };
    case 'acknowledge':
      return { tone: 'warn', icon: 'edit', word: 'Needs a reason' };
    case 'warn':
      return { tone: 'warn', icon: 'warning', word: 'Warning' };
    case 'inform':
      return { tone: 'info', icon: 'info', word: 'Information' };
  }
}

const unknownWord: Readonly<Record<CheckLevel, string>> = {
  block: 'Unknown, so it blocks',
  acknowledge: 'Unknown, so it needs a reason',
  warn: 'Unknown',
  inform: 'Unknown',
};
