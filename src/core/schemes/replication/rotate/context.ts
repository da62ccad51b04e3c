import { promoteContext, type PromoteContext } from '../operation/context';
import { standbyOf } from '../deploy/context';
import type { PlanRequest, QuestionAnswer } from '../../scheme';
import type { ReplicationSite } from '../site';
import { type Account, accountsOf } from './accounts';

/** All that checks and steps of a rotation read. `source` is the primary, `target` its standby; both stay what they are. */
export interface RotateContext extends PromoteContext {
  /** Those whose password is changed. */
  readonly accounts: readonly Account[];
}

/** Of the plan's target: every account, or one of them. */
export const ALL = 'all';

export function rotateContext(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): RotateContext {
  const { site, observation } = request;
  const base = promoteContext({ ...request, answers, target: standbyOf(site, observation).name });
  return {
    ...base,
    accounts: accountsOf(site).filter(({ id }) => request.target === ALL || request.target === id),
  };
}

export const passwordsQuestion = (id: string): string => `passwords-${id}`;
