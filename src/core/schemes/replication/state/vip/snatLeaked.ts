import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const snatLeaked: StateRule = {
  code: 'snat-leaked',
  severity: 'error',
  part: 'snat',
  why: 'The host rewrites its outgoing connections to an address it does not have: ssh and MySQL time out, and the rejoin by CLONE fails.',
  remedy:
    'Remove the rule: iptables -t nat -D POSTROUTING … as `iptables -t nat -S POSTROUTING` shows it. The documented notify script leaves it when keepalived stops or crashes.',
  check(view) {
    return view.controllers.flatMap(({ name, seen, holdsVip }) =>
      holdsVip === false && seen.snat.known && seen.snat.value.toVip.length > 0
        ? [onHost(view, name, `${name} rewrites to ${view.site.vip} without holding it`)]
        : [],
    );
  },
};
