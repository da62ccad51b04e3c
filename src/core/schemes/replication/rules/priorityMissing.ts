import { valueAt } from '../../../inventory/issues';
import { at, controllersOf, isDocumented } from './rule';
import type { ReplicationRule } from './rule';

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
        ? [at(draft, ['controllers', name], `${name} has no priority`, { part: 'key' })]
        : [],
    );
  },
};
