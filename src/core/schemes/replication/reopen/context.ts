import { holdsVip } from '../state/roles';
import { methodOf, methodOfProfile, promoteContext, type PromoteContext } from '../operation/context';
import type { PlanRequest, QuestionAnswer } from '../../scheme';
import type { ReplicationSite } from '../site';

/** `target` is the host that is opened again, whatever its role is; `source` the other one, which may be away. */
export type ReopenContext = PromoteContext;

export function reopenContext(
  request: PlanRequest<ReplicationSite>,
  answers: Readonly<Record<string, QuestionAnswer>>,
): ReopenContext {
  const base = promoteContext({ ...request, answers });
  const method = methodOf(base.seen.target) ?? methodOfProfile(request.site);
  return { ...base, asked: ['target'], method };
}

/** Documented hosts have no record: there the operator says who the primary is, by naming it. */
export function isPrimaryByRecord({ method, seen: { target } }: ReopenContext): boolean {
  if (method === 'keepalived') return target.mysql.known && target.mysql.value.replica === undefined;
  return target.role.known && target.role.value.record?.role === 'primary';
}

/** The keepalived of a documented standby has taken the address: nothing there but keepalived decides. It has to give it back. */
export function vipOnOther({ method, site, seen: { source } }: ReopenContext): boolean {
  return method === 'keepalived' && holdsVip(site, source) === true;
}

/**
 * Whether the other controller can be asked: then both are leased. A failover to it, which leases that one alone, may be under way
 * on another machine, and must not meet a primary that was opened beside it.
 */
export function leasesBoth(context: ReopenContext): boolean {
  const { method, seen } = context;
  if (!isPrimaryByRecord(context)) return false;
  return method === 'keepalived'
    ? vipOnOther(context)
    : seen.source.reachable.known && seen.source.role.known;
}

/**
 * Whether the other one follows this host. Where it does not, or can't be asked, lsyncd rests: it deletes what its source lacks, and
 * an old primary that was not prepared yet has files that nobody else has.
 */
export function isFollowed({ target, seen }: ReopenContext): boolean {
  const replica = seen.source.mysql.known ? seen.source.mysql.value.replica : undefined;
  return replica !== undefined && [target.name, target.address].includes(replica.sourceHost);
}
