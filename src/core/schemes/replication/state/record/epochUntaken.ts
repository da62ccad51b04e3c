import type { HostObservation, RoleRecord } from '../../../../observe/host';
import { onHost } from '../rule';
import type { StateRule } from '../rule';

function recordOf(seen: HostObservation): RoleRecord | undefined {
  return seen.role.known ? seen.role.value.record : undefined;
}

export const epochUntaken: StateRule = {
  code: 'epoch-untaken',
  severity: 'error',
  part: 'role',
  why: 'An operation ended between the two records of its epoch. The old primary gives way to the newer epoch, and the new one does not open without a record of its own: both stay closed.',
  remedy: 'Finish or undo that operation: "Resume or Undo Operation", or `cli.js resume --from-hosts`.',
  check(view) {
    const known = [...view.controllers.map(({ seen }) => seen), view.witness].flatMap((seen) => {
      const record = recordOf(seen);
      return record === undefined ? [] : [{ by: seen.host, ...record }];
    });
    const newest = known.reduce((a, b) => (b.epoch > a.epoch ? b : a), { by: '', epoch: 0, primary: '' });
    const named = view.controllers.find(({ name }) => name === newest.primary);
    const own = named && recordOf(named.seen);
    if (named === undefined || own === undefined) return [];
    if (own.epoch >= newest.epoch && own.role === 'primary') return [];
    return [
      onHost(
        view,
        named.name,
        `${newest.by} knows ${named.name} as the primary of epoch ${newest.epoch}; its own record says ${own.role} of epoch ${own.epoch}`,
      ),
    ];
  },
};
