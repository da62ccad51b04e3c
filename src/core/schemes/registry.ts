import type { Site } from '../inventory/site';
import { replicationScheme } from './replication/scheme';
import type { ReplicationSite } from './replication/site';
import type { Scheme } from './scheme';

/** A site of any scheme. A new scheme is one folder, one line here and one there. */
export type ResolvedSite = ReplicationSite;

export const SCHEMES = [replicationScheme] as const;

/** Names whose room is kept: known, and said to be not supported yet. */
export const FUTURE_SCHEMES: readonly string[] = ['cmon-ha', 'controller-pool', 'standby'];

/**
 * The scheme of a site. The site must come from the inventory's reader, so that it is the scheme's own.
 * @throws RangeError for a scheme that is not built.
 */
export function schemeOf(site: Site): Scheme {
  const found = SCHEMES.find((scheme) => scheme.id === site.scheme);
  if (found === undefined) throw new RangeError(`no scheme ${site.scheme}`);
  return found;
}
