import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const roleMissing: StateRule = {
  code: 'role-missing',
  severity: 'error',
  part: 'role',
  why: 'keepalived waits for a role that this host does not know: it never opens.',
  remedy:
    'Deploy the hardened profile again, or write the record with the helper: clustercontrol-ha role write.',
  check(view) {
    return view.controllers.flatMap(({ name, seen }) => {
      if (!seen.keepalived.known || !seen.role.known) return [];
      return seen.keepalived.value.follows === 'role-flag' && seen.role.value.record === undefined
        ? [onHost(view, name, `${name} follows the role, and has no role record`)]
        : [];
    });
  },
};
