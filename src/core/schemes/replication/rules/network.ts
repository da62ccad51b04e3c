import { parseNetwork, smallestNetwork } from '../../../inventory/ipv4';
import type { Network } from '../../../inventory/ipv4';
import { controllersOf } from './rule';
import type { ReplicationDraft } from './rule';

/** By the site's value, which stays the same while nobody changes the site: all sites are compared on every key. */
const networks = new WeakMap<object, { readonly network: Network | undefined }>();

/** The network of a site: named, or the smallest that holds both controllers. Undefined while addresses are missing. */
export function networkOf(draft: ReplicationDraft): Network | undefined {
  const kept = networks.get(draft.value) ?? { network: read(draft) };
  networks.set(draft.value, kept);
  return kept.network;
}

function read(draft: ReplicationDraft): Network | undefined {
  if (draft.value.network !== undefined) return parseNetwork(draft.value.network);
  const addresses = controllersOf(draft).flatMap(({ value }) => value.address ?? []);
  return addresses.length < 2 ? undefined : smallestNetwork(addresses);
}
