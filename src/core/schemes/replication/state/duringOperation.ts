import type { Finding } from '../../../findings/finding';
import type { LeaseRecord } from '../../../observe/host';
import type { SiteView } from './view';

/** What a promotion passes through on its way. Two of anything, and hosts that are away, stay what they are. */
const CAUSED_BY_OPERATIONS: ReadonlySet<string> = new Set([
  'role-conflict',
  'no-writer',
  'no-vip',
  'vip-orphaned',
  'vip-on-standby',
  'cmon-down-on-primary',
  'standby-not-replicating',
  'standby-writable',
  'heartbeat-stale',
  'snat-leaked',
  'snat-missing',
  'snat-duplicate',
  'lsyncd-down',
  'lsyncd-reversed',
  'files-stale',
  'clone-incomplete',
  'primary-returned',
  'closed-by-hand',
  'keepalived-down',
  'epoch-behind',
  'epoch-untaken',
  'witness-behind',
]);

/** These work on the standby, or beside the service: what users have of the primary is an alarm as ever. */
const ON_THE_STANDBY: ReadonlySet<string> = new Set([
  'standby-not-replicating',
  'standby-writable',
  'heartbeat-stale',
  'snat-leaked',
  'lsyncd-down',
  'files-stale',
  'clone-incomplete',
  'primary-returned',
  'closed-by-hand',
  'keepalived-down',
  'epoch-behind',
  'epoch-untaken',
]);
const OF_A_REPLICA_ACCOUNT: ReadonlySet<string> = new Set(['standby-not-replicating', 'heartbeat-stale']);

/** Of an operation that is not known, or not here, everything. */
function causedBy(operation: string | undefined): ReadonlySet<string> {
  if (operation === 'rejoin') return ON_THE_STANDBY;
  if (operation === 'rotate') return OF_A_REPLICA_ACCOUNT;
  return CAUSED_BY_OPERATIONS;
}

/** The operation whose lease is alive on a controller, whoever runs it and from wherever. */
export function runningOperation(view: SiteView): LeaseRecord | undefined {
  const leases = view.controllers.flatMap(({ seen }) =>
    seen.role.known && seen.role.value.lease !== undefined ? [seen.role.value.lease] : [],
  );
  return leases.find(({ remainingSeconds }) => remainingSeconds > 0);
}

function operationOf(view: SiteView, plan: string): string | undefined {
  const records = view.controllers.flatMap(({ seen }) =>
    seen.role.known && seen.role.value.operation !== undefined ? [seen.role.value.operation] : [],
  );
  return records.find((record) => record.plan === plan)?.operation;
}

/** While an operation runs, what it causes is told without alarm: whoever looks at the tree then should not reach for it. */
export function quietDuringOperation(view: SiteView, findings: readonly Finding[]): readonly Finding[] {
  const lease = runningOperation(view);
  if (lease === undefined) return findings;
  const caused = causedBy(operationOf(view, lease.plan));
  return findings.map((finding) =>
    caused.has(finding.code)
      ? { ...finding, severity: 'information', message: `${finding.message} (while ${lease.plan} runs)` }
      : finding,
  );
}
