import { addressNumber } from '../../../inventory/ipv4';
import {
  deathOutcomes,
  keepalivedOutcomes,
  partitionOutcomes,
  takeoverOutcomes,
} from '../../../vrrp/outcomes';
import type { Outcome } from '../../../vrrp/outcomes';
import type { VrrpPair } from '../../../vrrp/pair';

/** What becomes of a pair after each kind of event. */
export interface Elections {
  readonly takeover: readonly Outcome[];
  readonly keepalived: readonly Outcome[];
  readonly death: readonly Outcome[];
  readonly partition: readonly Outcome[];
}

/** Of hundreds of sites most differ in their addresses only. */
const kept = new Map<string, Elections>();
const MAX_KEPT = 256;

/** Simulated once for pairs that differ only in what no election looks at. */
export function electionsOf(pair: VrrpPair): Elections {
  const key = sameElections(pair);
  const before = kept.get(key);
  if (before !== undefined) return before;
  const elections = {
    takeover: takeoverOutcomes(pair),
    keepalived: keepalivedOutcomes(pair),
    death: deathOutcomes(pair),
    partition: partitionOutcomes(pair),
  };
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(key, elections);
  return elections;
}

/** Everything but the addresses themselves: of them only the order counts, between equal priorities (RFC 5798, 6.4.3). */
function sameElections({ hosts, ...rest }: VrrpPair): string {
  const [first, second] = hosts.map(({ address }) => addressNumber(address));
  const others = hosts.map((host) => ({ ...host, address: undefined }));
  return JSON.stringify([rest, others, Math.sign((first ?? 0) - (second ?? 0))]);
}
