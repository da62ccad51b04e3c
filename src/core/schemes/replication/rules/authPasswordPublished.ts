import type { TextFix } from '../../../findings/finding';
import { insertKey } from '../../../inventory/edits';
import { valueAt } from '../../../inventory/issues';
import { at, isDocumented } from './rule';
import type { ReplicationDraft, ReplicationRule } from './rule';

export const authPasswordPublished: ReplicationRule = {
  code: 'auth-password-published',
  severity: 'warning',
  why: 'The documentation prints it: any site that follows it has the same one, and hears this one when it shares its network.',
  remedy: 'Set keepalived.authPassword to a secret of your own, of at most 8 characters.',
  check(draft) {
    const { keepalived } = draft.value;
    const missing = valueAt(draft.entry.value, ['keepalived', 'authPassword']) === undefined;
    return isDocumented(draft) && missing && keepalived?.vrrpVersion !== 3
      ? [
          at(draft, ['profile'], 'the VRRP password is the one that the documentation prints', {
            fix: fix(draft),
          }),
        ]
      : [];
  },
};

/** A reference: its value is set once, for both controllers. */
function fix({ entry, name, value }: ReplicationDraft): TextFix | undefined {
  const reference = `authPassword: { secret: ${name}-vrrp }`;
  const title = `Use the secret ${name}-vrrp`;
  return value.keepalived === undefined
    ? insertKey(entry, [], `keepalived: { ${reference} }`, title)
    : insertKey(entry, ['keepalived'], reference, title);
}
