import { addressNumber } from '../inventory/ipv4';
import { otherHost } from './pair';
import type { HostIndex, VrrpPair } from './pair';
import type { PairState } from './state';

/**
 * Whether the other host's keepalived takes note of the adverts of this master. The documented SNAT rule rewrites them,
 * all but the first, which leaves before the notify script runs. They then carry the VIP as their source:
 * version 3 puts the source into its checksum, so they are refused (vrrp_check_packet, measured);
 * and a host that holds the VIP itself drops whatever says it comes from there (the kernel's source check, measured).
 */
export function isHeard(pair: VrrpPair, state: PairState, from: HostIndex): boolean {
  if (state.cut) return false;
  const listenerHoldsVip = state.hosts[otherHost(from)].vrrp === 'MASTER';
  return pair.snat !== 'documented' || (pair.version === 2 && !listenerHoldsVip);
}

/** Whether a master gives way to an advert of the other: a higher priority, or the same from a higher address. */
export function givesWay(
  pair: VrrpPair,
  listener: HostIndex,
  priorities: readonly [own: number, heard: number],
): boolean {
  const [own, heard] = priorities;
  if (heard !== own) return heard > own;
  return addressNumber(pair.hosts[otherHost(listener)].address) > addressNumber(pair.hosts[listener].address);
}

/** Whether a host in BACKUP is content with a master whose adverts it hears (vrrp_state_backup). */
export function accepts(
  pair: VrrpPair,
  listener: HostIndex,
  priorities: readonly [own: number, heard: number],
): boolean {
  const { nopreempt, state } = pair.hosts[listener];
  const [own, heard] = priorities;
  return (nopreempt && state === 'BACKUP') || heard >= own;
}
