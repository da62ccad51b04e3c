import { at, controllersOf } from './rule';
import type { ReplicationRule } from './rule';

export const vipIsHostAddress: ReplicationRule = {
  code: 'vip-is-host-address',
  severity: 'error',
  why: 'The virtual address moves between the hosts: as the own address of one it cannot.',
  remedy: 'Choose a free address of the network.',
  check(draft) {
    const { vip, prometheus } = draft.value;
    if (vip === undefined) return [];
    const owner = [
      ...controllersOf(draft),
      { name: prometheus?.name ?? 'prom', value: prometheus ?? {} },
    ].find(({ value }) => value.address === vip);
    return owner === undefined ? [] : [at(draft, ['vip'], `${vip} is the own address of ${owner.name}`)];
  },
};
