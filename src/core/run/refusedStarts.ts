import type { OperationRecord } from '../observe/host';
import { hasEnded } from '../observe/operationRecord';
import type { Plan } from '../plan/plan';
import { recordWord } from './hostBook';
import { isGuards, type LeaseStatus } from './leaseCalls';
import type { RunState } from './state';

/** Starts of other plans that were refused under their lease, and left this plan's run as it was. */
export interface RefusedStarts {
  /** Their plans. */
  readonly plans: ReadonlySet<string>;
  /** That another machine has gone on with this run in between, or may have: then its journal here must not decide. */
  readonly journalIsOld: string | undefined;
}

/**
 * A start that was refused has given its lease back and begun nothing: each host where it had the lease still tells of this
 * plan's run, and no host tells of the other's. A host that tells of none may have been changed: a record can fail to be
 * written, and an older helper does not tell whether something ran since.
 */
export function refusedStarts(
  plan: Plan,
  state: RunState,
  found: ReadonlyMap<string, LeaseStatus>,
): RefusedStarts {
  const known = [...found.values()].flatMap((status) => (status.known ? [status] : []));
  const told = known.flatMap(({ operation }) => operation ?? []);
  const ours = told.filter((record) => record.plan === plan.id);
  const later = known.flatMap(({ lease, operation }) =>
    lease && !isGuards(lease) && lease.plan !== plan.id && lease.token >= state.highestToken
      ? [{ ...lease, leftAlone: lease.state === 'released' && operation?.plan === plan.id }]
      : [],
  );
  const began = new Set(told.map((record) => record.plan));
  const harmless = later.filter(
    (one) => !began.has(one.plan) && later.every((same) => same.plan !== one.plan || same.leftAlone),
  );
  const plans = new Set(harmless.map((lease) => lease.plan));
  if (plans.size === 0) return { plans, journalIsOld: undefined };
  const other = ours.find((record) => hasEnded(record) || !isKnown(state, record));
  if (other) {
    const what = `${other.operator} has gone on with this run since, from another machine`;
    return { plans, journalIsOld: `${what}: what this journal tells is old.` };
  }
  // The refused lease hides whose was there before. Only the token that follows this journal's last leaves no room for one.
  if (harmless.every(({ token }) => token <= state.highestToken + 1))
    return { plans, journalIsOld: undefined };
  const what = 'Somebody may have gone on with this run since, from another machine';
  return { plans, journalIsOld: `${what}: what this journal tells may be old.` };
}

function isKnown(state: RunState, { operator }: OperationRecord): boolean {
  return [...state.operators].some((name) => recordWord(name) === operator);
}
