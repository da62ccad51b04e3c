import type { HostObservation, RoleRecord } from '../../../../observe/host';
import { onHost } from '../rule';
import type { StateRule } from '../rule';
import { otherOf } from '../view';

function roleRecord(seen: HostObservation | undefined): RoleRecord | undefined {
  return seen?.role.known === true ? seen.role.value.record : undefined;
}

export const epochUnconfirmed: StateRule = {
  code: 'epoch-unconfirmed',
  severity: 'warning',
  part: 'role',
  why: 'An epoch holds when two of controllers and witness have it. After a reboot this primary may stay closed.',
  remedy:
    'Bring the standby or the witness back; the guard of an open primary then tells it the epoch. One that was closed meanwhile tells nobody: Close This Host, then Fail Over to it. Until then an old primary that is off stays off: the witness still names it.',
  check(view) {
    const record = roleRecord(view.primary?.seen);
    if (view.primary === undefined || record === undefined || record.role !== 'primary') return [];
    const { epoch, primary } = record;
    const others = [otherOf(view, view.primary).seen, view.witness].map(roleRecord);
    const confirmed = others.some((other) => other?.epoch === epoch && other.primary === primary);
    return confirmed
      ? []
      : [
          onHost(
            view,
            view.primary.name,
            `epoch ${epoch} of ${primary} is known to ${view.primary.name} alone`,
          ),
        ];
  },
};
