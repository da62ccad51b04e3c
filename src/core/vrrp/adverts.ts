import { otherHost } from './pair';
import type { HostIndex, VrrpPair } from './pair';
import type { PairState } from './state';

/**
 * Whether the other host's keepalived takes note of this host's adverts.
 * Rewritten ones carry the VIP as their source:
 * version 3 puts the source into its checksum, so they are refused (vrrp_check_packet, measured);
 * and a host that holds the VIP itself drops whatever says it comes from there (the kernel's source check, measured).
 */
export function isHeard(
  pair: VrrpPair,
  state: PairState,
  from: HostIndex,
  rewritten = state.hosts[from].advertsRewritten,
): boolean {
  if (state.cut) return false;
  return !rewritten || (pair.version === 2 && state.hosts[otherHost(from)].vrrp !== 'MASTER');
}

/** Whether a master gives way to an advert of the other: a higher priority, or the same from a higher address. */
export function givesWay(
  pair: VrrpPair,
  listener: HostIndex,
  priorities: readonly [own: number, heard: number],
): boolean {
  const [own, heard] = priorities;
  if (heard !== own) return heard > own;
  return numberOf(pair.hosts[otherHost(listener)].address) > numberOf(pair.hosts[listener].address);
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

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
