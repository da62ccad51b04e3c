import { insertKey } from '../../../inventory/edits';
import { valueAt } from '../../../inventory/issues';
import { at, controllersOf, isDocumented } from './rule';
import type { ReplicationDraft, ReplicationRule } from './rule';

export const priorityMissing: ReplicationRule = {
  code: 'priority-missing',
  severity: 'error',
  why: 'In the documented profile the priority decides who holds the VIP when both could.',
  remedy: 'Write a priority from 1 to 254; the documentation has 105 and 100.',
  check(draft) {
    if (!isDocumented(draft)) return [];
    return controllersOf(draft).flatMap(({ name, value }) =>
      valueAt(draft.entry.value, ['controllers', name, 'priority']) === undefined &&
      value.priority === undefined
        ? [
            at(draft, ['controllers', name], `${name} has no priority`, {
              part: 'key',
              fix: insertKey(
                draft.entry,
                ['controllers', name],
                `priority: ${free(draft)}`,
                `Add priority: ${free(draft)}`,
              ),
            }),
          ]
        : [],
    );
  },
};

/** The documented 105 and 100, whichever the other controller does not have. */
function free(draft: ReplicationDraft): number {
  return controllersOf(draft).some(({ value }) => value.priority === 105) ? 100 : 105;
}
