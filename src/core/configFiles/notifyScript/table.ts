import type { NotifyScriptRule } from './rule';
import { addsAgain } from './rules/addsAgain';
import { interfaceDiffers } from './rules/interfaceDiffers';
import { ignoresStop } from './rules/ignoresStop';
import { notLocked } from './rules/notLocked';
import { rewritesVrrp } from './rules/rewritesVrrp';

/** Scripts that keepalived runs when the VIP comes or goes, and that change SNAT. */
export const NOTIFY_SCRIPT_RULES: readonly NotifyScriptRule[] = [
  ignoresStop,
  rewritesVrrp,
  notLocked,
  addsAgain,
  interfaceDiffers,
];
