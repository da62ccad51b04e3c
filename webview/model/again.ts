import type { PlanMessage, RunEnd } from '../../src/shared/protocol';

/** What begins it again where this page can't plan it; empty where it can, and after an end that wants no new plan. */
export function againBy(
  { canPlanAgain, command }: Pick<PlanMessage, 'canPlanAgain' | 'command'>,
  end: RunEnd,
): string {
  if (canPlanAgain || (end !== 'refused' && end !== 'undone')) return '';
  const how = command === '' ? 'make a new plan' : `run "ClusterControl HA: ${command}"`;
  return `To begin again, ${how}. The journal of this run does not hold all that was asked for, so this page can not plan it.`;
}
