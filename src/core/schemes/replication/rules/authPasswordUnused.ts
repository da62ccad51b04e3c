import { removeKey } from '../../../inventory/edits';
import { at, isDocumented } from './rule';
import type { ReplicationRule } from './rule';

export const authPasswordUnused: ReplicationRule = {
  code: 'auth-password-unused',
  severity: 'warning',
  why: 'VRRP version 3 has no authentication: keepalived refuses a configuration that has both.',
  remedy: 'Remove authPassword, or use vrrpVersion 2.',
  check(draft) {
    const { keepalived } = draft.value;
    const version = keepalived?.vrrpVersion ?? (isDocumented(draft) ? 2 : 3);
    return keepalived?.authPassword !== undefined && version === 3
      ? [
          at(draft, ['keepalived', 'authPassword'], 'VRRP version 3 takes no password', {
            part: 'key',
            fix: removeKey(draft.entry, ['keepalived', 'authPassword'], 'Remove authPassword'),
          }),
        ]
      : [];
  },
};
