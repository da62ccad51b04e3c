import { replaceValue } from '../../../inventory/edits';
import { at, controllersOf, isDocumented } from './rule';
import type { ReplicationRule } from './rule';

export const prioritiesEqual: ReplicationRule = {
  code: 'priorities-equal',
  severity: 'warning',
  why: 'With equal priorities two masters that meet after a cut are told apart by their addresses only, and the documented SNAT rule rewrites those: both stay master.',
  remedy: 'Give the controllers different priorities.',
  check(draft) {
    const [first, second] = controllersOf(draft);
    const priority = first?.value.priority;
    const other = priority === undefined ? 100 : priority > 5 ? priority - 5 : priority + 5;
    return isDocumented(draft) &&
      second !== undefined &&
      priority !== undefined &&
      priority === second.value.priority
      ? [
          at(draft, ['controllers', second.name, 'priority'], `both controllers have priority ${priority}`, {
            fix: replaceValue(
              draft.entry,
              ['controllers', second.name, 'priority'],
              String(other),
              `Replace by ${other}`,
            ),
          }),
        ]
      : [];
  },
};
