import type { VrrpPair } from './pair';

/**
 * Seconds after which an event has had its last effect: a check notices, the other host misses three adverts and its
 * skew (RFC 5798, 6.1), becomes master, and one more advert tells whoever must yield.
 */
export function settlingSeconds(pair: VrrpPair): number {
  const notice = pair.track.kind === 'process' ? 2 * pair.checkIntervalSeconds : 0;
  const priority = Math.min(...pair.hosts.map((host) => host.priority));
  return notice + pair.advertIntervalSeconds * (3 + (256 - priority) / 256 + 1);
}
