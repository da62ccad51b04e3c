import type { HostIndex, VrrpPair } from './pair';
import type { HostState, PairState } from './state';

function checkPasses(pair: VrrpPair, host: HostState): boolean {
  return pair.track.kind === 'role' ? host.roleFlag : host.cmon;
}

/** Whether a running keepalived may take part; otherwise it is in FAULT. With a weight a failing check never excludes. */
export function isEligible(pair: VrrpPair, host: HostState): boolean {
  return hasWeight(pair) || checkPasses(pair, host);
}

/** keepalived takes `weight 0` of a vrrp_script for none (keepalived.conf(5)). */
function hasWeight({ track }: VrrpPair): boolean {
  return track.kind === 'process' && track.weight !== undefined && track.weight !== 0;
}

/**
 * The priority that a host advertises: a positive weight is added while the check passes, a negative one while it
 * fails, within 1 and 254 (vrrp_set_effective_priority).
 */
export function effectivePriority(pair: VrrpPair, state: PairState, index: HostIndex): number {
  const { priority } = pair.hosts[index];
  const weight = pair.track.kind === 'process' ? (pair.track.weight ?? 0) : 0;
  const counts = weight > 0 === checkPasses(pair, state.hosts[index]);
  return Math.min(254, Math.max(1, priority + (counts ? weight : 0)));
}
