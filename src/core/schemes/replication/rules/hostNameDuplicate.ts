import { at, controllersOf } from './rule';
import type { ReplicationRule } from './rule';

export const hostNameDuplicate: ReplicationRule = {
  code: 'host-name-duplicate',
  severity: 'error',
  why: 'A name stands for one host: in /etc/hosts, in grants, in the list of CLONE donors.',
  remedy: 'Give the host another name.',
  check(draft) {
    const { prometheus } = draft.value;
    const name = prometheus?.name ?? 'prom';
    const twin = controllersOf(draft).find((controller) => controller.name === name);
    const path = prometheus?.name === undefined ? ['prometheus'] : ['prometheus', 'name'];
    return twin === undefined || prometheus === undefined
      ? []
      : [at(draft, path, `${name} is the name of a controller too`)];
  },
};
