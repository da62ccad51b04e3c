import { onHost } from '../rule';
import type { StateRule } from '../rule';

export const snatMissing: StateRule = {
  code: 'snat-missing',
  severity: 'error',
  part: 'snat',
  why: 'The database nodes know the controller by the VIP; connections from its own address are refused by their grants.',
  remedy:
    'Run the notify script by hand (manage_snat.sh INSTANCE VI_1 MASTER), and look at keepalived: is `notify` there, may it run scripts?',
  check(view) {
    return view.holders.flatMap(({ name, seen }) =>
      seen.snat.known && seen.snat.value.toVip.length === 0
        ? [onHost(view, name, `${name} holds ${view.site.vip} and does not use it for outgoing connections`)]
        : [],
    );
  },
};
