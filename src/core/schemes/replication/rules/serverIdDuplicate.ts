import { replaceValue } from '../../../inventory/edits';
import { at, controllersOf } from './rule';
import type { ReplicationRule } from './rule';

export const serverIdDuplicate: ReplicationRule = {
  code: 'server-id-duplicate',
  severity: 'error',
  why: 'MySQL replicates between servers of different ids only.',
  remedy: 'Give each controller its own serverId, or leave the key out.',
  check(draft) {
    const [first, second] = controllersOf(draft).map(({ name, value }, index) => ({
      name,
      id: value.serverId ?? index + 1,
      written: value.serverId !== undefined,
    }));
    if (first === undefined || second === undefined || first.id !== second.id) return [];
    const named = second.written ? second : first;
    const free = first.id === 1 ? 2 : first.id - 1;
    return [
      at(
        draft,
        ['controllers', named.name, 'serverId'],
        `${first.name} and ${second.name} both have server id ${first.id}`,
        {
          fix: replaceValue(
            draft.entry,
            ['controllers', named.name, 'serverId'],
            String(free),
            `Replace by ${free}`,
          ),
        },
      ),
    ];
  },
};
