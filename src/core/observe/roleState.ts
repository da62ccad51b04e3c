import type { LeaseRecord, OperationRecord, RoleRecord, RoleState, UnitState } from './host';
import type { ProbePart } from './probeDocument';

interface Named {
  readonly epoch: number;
  readonly primary: string;
}

/** `clustercontrol-ha status`; see docs/host-helper.md. */
interface HelperStatus {
  readonly version: number;
  readonly role: (Named & { readonly role: 'primary' | 'standby' }) | null;
  readonly pending: Named | null;
  readonly witness: Named | null;
  readonly active: number | null;
  readonly lease: (LeaseRecord & { readonly state: string }) | null;
  /** Absent from an older helper. */
  readonly operation?: OperationRecord | null;
  readonly failover?: { readonly plan: string; readonly sinceMs: number } | null;
  readonly returned?: boolean;
  readonly clone?: boolean;
  readonly held?: boolean;
}

/**
 * @param part undefined: the helper is not installed.
 * @throws SyntaxError or Error when it answers, but not as expected: then nothing of the role is known.
 */
export function parseRoleState(part: ProbePart | undefined, guard: UnitState | undefined): RoleState {
  const known = guard?.loaded === true ? guard : undefined;
  if (part === undefined) {
    return {
      helperVersion: undefined,
      record: undefined,
      pending: undefined,
      activeEpoch: undefined,
      lease: undefined,
      guard: known,
    };
  }
  if (part.exit !== 0) throw new Error(`clustercontrol-ha status ends with ${part.exit}: ${part.text}`);
  const status = JSON.parse(part.text) as HelperStatus;
  if (typeof status.version !== 'number') throw new Error('clustercontrol-ha status says no version');
  return {
    helperVersion: status.version,
    record: record(status),
    pending: status.pending ?? undefined,
    activeEpoch: status.active ?? undefined,
    lease: lease(status.lease),
    lastToken: status.lease?.token ?? 0,
    ...(status.operation ? { operation: status.operation } : {}),
    ...(status.failover ? { failover: status.failover } : {}),
    ...(status.returned === true ? { returned: true } : {}),
    ...(status.clone === true ? { cloneBroken: true } : {}),
    ...(status.held === true ? { held: true } : {}),
    guard: known,
  };
}

function record(status: HelperStatus): RoleRecord | undefined {
  if (status.role !== null) return status.role;
  return status.witness === null ? undefined : { ...status.witness, role: 'witness' };
}

/** A released or expired lease binds nobody: it is not shown as one. */
function lease(status: HelperStatus['lease']): LeaseRecord | undefined {
  if (status === null || status.state !== 'held' || status.remainingSeconds <= 0) return undefined;
  const { token, plan, operator, remainingSeconds } = status;
  return { token, plan, operator, remainingSeconds };
}
