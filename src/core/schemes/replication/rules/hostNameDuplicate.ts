import { at, controllersOf } from './rule';
import type { ReplicationRule } from './rule';

/** Names are the same in either case (RFC 4343), and so are folders of some operators' machines. */
export const hostNameDuplicate: ReplicationRule = {
  code: 'host-name-duplicate',
  severity: 'error',
  why: 'A name stands for one host: in /etc/hosts, in grants, in the list of CLONE donors.',
  remedy: 'Give the host another name.',
  check(draft) {
    const { prometheus } = draft.value;
    const names = controllersOf(draft).map(({ name }) => name);
    const controllers = names.flatMap((name, index) => {
      const twin = names.find((other, place) => place < index && same(other, name));
      if (twin === undefined) return [];
      const message = `${name} is ${twin} in another spelling`;
      return [at(draft, ['controllers', name], message, { part: 'key' })];
    });
    const name = prometheus?.name ?? 'prom';
    if (prometheus === undefined || !names.some((other) => same(other, name))) return controllers;
    const path = prometheus.name === undefined ? ['prometheus'] : ['prometheus', 'name'];
    return [...controllers, at(draft, path, `${name} is the name of a controller too`)];
  },
};

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
