import { at, controllersOf } from './rule';
import type { ReplicationRule } from './rule';

/** `ccvip` is the VIP's own name in /etc/hosts (ClusterControl documentation). */
const RESERVED: readonly string[] = ['ccvip', 'ccvip.local', 'localhost', 'localhost.localdomain'];

export const hostNameReserved: ReplicationRule = {
  code: 'host-name-reserved',
  severity: 'error',
  why: 'The name already means something else on these hosts.',
  remedy: 'Give the host another name.',
  check(draft) {
    const named = [
      ...controllersOf(draft).map(({ name }) => ({
        name,
        path: ['controllers', name],
        part: 'key' as const,
      })),
      { name: draft.value.prometheus?.name ?? '', path: ['prometheus', 'name'], part: 'value' as const },
    ];
    return named
      .filter(({ name }) => RESERVED.includes(name.toLowerCase()))
      .map(({ name, path, part }) => at(draft, path, `${name} cannot be the name of a host here`, { part }));
  },
};
