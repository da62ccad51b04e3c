import { inFile } from '../../place';
import { ADDS_SNAT, matches } from '../rule';
import type { NotifyScriptRule } from '../rule';

export const notLocked: NotifyScriptRule = {
  code: 'notify-script-not-locked',
  severity: 'warning',
  why: 'keepalived does not wait for a notify script before it starts the next. MASTER and FAULT in quick succession left the rule without the VIP in 11 of 12 flips; with a lock, and a decision by the address instead of the argument, in 0 of 12.',
  remedy: 'Take a lock first (`exec 9>/run/manage_snat.lock; flock 9`) and decide by `ip addr`.',
  check(script) {
    const [first] = matches(script, ADDS_SNAT);
    return first === undefined || matches(script, /\bflock\b/g).length > 0
      ? []
      : [inFile(script, first, 'two calls at the same time can end in the wrong order')];
  },
};
