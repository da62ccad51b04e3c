import { inFile } from '../../place';
import { ADDS_SNAT, matches } from '../rule';
import type { NotifyScriptRule } from '../rule';

export const rewritesVrrp: NotifyScriptRule = {
  code: 'notify-script-rewrites-vrrp',
  severity: 'warning',
  why: 'The rule changes the source of everything: of VRRP itself, whose checksum in version 3 covers it (two MASTERs, measured); of replication, which stalls for 54 s at the first MASTER while its status says Yes/Yes/0; and of the ssh session of whoever did it.',
  remedy:
    'Leave out VRRP, multicast, the other controller and connections that exist (`-p tcp ! --syn`), in a chain of its own, as the hardened profile does.',
  check(script) {
    if (matches(script, /\bvrrp\b|-p\s+112\b|224\.0\.0\./g).length > 0) return [];
    return matches(script, ADDS_SNAT).map((at) =>
      inFile(script, at, 'this rule rewrites VRRP and replication too'),
    );
  },
};
