import { removeKey } from '../../../inventory/edits';
import { at, isDocumented } from './rule';
import type { ReplicationRule } from './rule';

export const selfFenceOff: ReplicationRule = {
  code: 'self-fence-off',
  severity: 'warning',
  why: 'A primary that is cut off goes on writing. A failover then needs a verified power-off, and may lose what it wrote.',
  remedy: 'Leave selfFence at its default of 15 s, unless something else fences the host.',
  check(draft) {
    const { selfFence } = draft.value;
    return !isDocumented(draft) && (selfFence === 'off' || selfFence === false)
      ? [
          at(draft, ['selfFence'], 'an isolated primary does not close itself', {
            fix: removeKey(draft.entry, ['selfFence'], 'Remove selfFence: the default of 15 s holds'),
          }),
        ]
      : [];
  },
};
