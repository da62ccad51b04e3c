import { valueAt } from '../../../inventory/issues';
import { at, isDocumented } from './rule';
import type { ReplicationRule } from './rule';

export const authPasswordPublished: ReplicationRule = {
  code: 'auth-password-published',
  severity: 'warning',
  why: 'The documentation prints it: any site that follows it has the same one, and hears this one when it shares its network.',
  remedy: 'Set keepalived.authPassword to a secret of your own, of at most 8 characters.',
  check(draft) {
    const { keepalived } = draft.value;
    const missing = valueAt(draft.entry.value, ['keepalived', 'authPassword']) === undefined;
    return isDocumented(draft) && missing && keepalived?.vrrpVersion !== 3
      ? [at(draft, ['profile'], 'the VRRP password is the one that the documentation prints')]
      : [];
  },
};
