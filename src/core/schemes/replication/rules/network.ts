import { parseNetwork, smallestNetwork } from '../../../inventory/ipv4';
import type { Network } from '../../../inventory/ipv4';
import { controllersOf } from './rule';
import type { ReplicationDraft } from './rule';

/** The network of a site: named, or the smallest that holds both controllers. Undefined while addresses are missing. */
export function networkOf(draft: ReplicationDraft): Network | undefined {
  if (draft.value.network !== undefined) return parseNetwork(draft.value.network);
  const addresses = controllersOf(draft).flatMap(({ value }) => value.address ?? []);
  return addresses.length < 2 ? undefined : smallestNetwork(addresses);
}
