import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const snatUnprotected: StateRule = {
  code: 'snat-unprotected',
  severity: 'warning',
  part: 'snat',
  why: 'Without exclusions the rule also rewrites VRRP adverts and running connections: the first MASTER stalls replication for about 54 s, and VRRP version 3 ends with two masters.',
  remedy: 'Deploy the hardened profile, whose rule stands in a chain of its own behind exclusions.',
  check(view) {
    return view.holders.flatMap(({ name, seen }) =>
      seen.snat.known && seen.snat.value.toVip.length > 0 && !seen.snat.value.hardened
        ? [
            onHost(
              view,
              name,
              `${name} rewrites everything that leaves it, adverts and running connections too`,
            ),
          ]
        : [],
    );
  },
};
