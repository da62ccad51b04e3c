import { at, hardened, isDocumented } from './rule';
import type { ReplicationRule } from './rule';

export const documentedLsyncdDeletes: ReplicationRule = {
  code: 'documented-lsyncd-deletes',
  severity: 'warning',
  why: 'lsyncd deletes at its start what the target has and its source lacks: started on a stale host it wipes the newer files of the active one.',
  remedy:
    'Use `profile: hardened`. Until then start lsyncd on the primary only, and never after a crash without looking.',
  check(draft) {
    return isDocumented(draft)
      ? [
          at(draft, ['profile'], 'in the documented profile lsyncd deletes at its start', {
            fix: hardened(draft),
          }),
        ]
      : [];
  },
};
