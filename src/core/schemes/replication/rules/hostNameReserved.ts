import { at, controllersOf } from './rule';
import type { ReplicationRule } from './rule';

/** `ccvip` is the VIP's own name in /etc/hosts (ClusterControl documentation). */
const ON_HOSTS: readonly string[] = ['ccvip', 'ccvip.local', 'localhost', 'localhost.localdomain'];
/** Documents beside the hosts' folders in the generated tree end like that, and no domain does. */
const IN_TREE = /\.(json|sql|txt)$/;

export const hostNameReserved: ReplicationRule = {
  code: 'host-name-reserved',
  severity: 'error',
  why: 'The name already means something else: on these hosts, or in the tree of generated files.',
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
      .filter(({ name }) => isReserved(name.toLowerCase()))
      .map(({ name, path, part }) => at(draft, path, `${name} cannot be the name of a host here`, { part }));
  },
};

function isReserved(name: string): boolean {
  return ON_HOSTS.includes(name) || IN_TREE.test(name);
}
