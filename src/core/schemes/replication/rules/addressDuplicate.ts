import { at, controllersOf } from './rule';
import type { ReplicationRule } from './rule';

export const addressDuplicate: ReplicationRule = {
  code: 'address-duplicate',
  severity: 'error',
  why: 'Two controllers with one address are one host.',
  remedy: 'Write the address of each host.',
  check(draft) {
    const seen = new Map<string, string>();
    return controllersOf(draft).flatMap(({ name, value: { address } }) => {
      if (address === undefined) return [];
      const first = seen.get(address);
      seen.set(address, first ?? name);
      return first === undefined
        ? []
        : [at(draft, ['controllers', name, 'address'], `${address} is the address of ${first} too`)];
    });
  },
};
