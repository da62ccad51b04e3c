import { valueAt } from '../../../inventory/issues';
import { at } from './rule';
import type { ReplicationRule } from './rule';

const PATH = ['keepalived', 'authPassword'];

export const authPasswordTooLong: ReplicationRule = {
  code: 'auth-password-too-long',
  severity: 'warning',
  why: 'keepalived cuts the password of VRRP at 8 characters, in silence.',
  remedy: 'Use at most 8 characters. It travels in clear: it keeps mistakes out, not attackers.',
  check(draft) {
    const value = valueAt(draft.entry.value, PATH);
    const length = typeof value === 'string' || typeof value === 'number' ? String(value).length : 0;
    return length > 8 ? [at(draft, PATH, `the VRRP password has ${length} characters, and 8 count`)] : [];
  },
};
