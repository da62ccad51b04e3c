import type { ReplicationSite } from '../../schemes/replication/site';
import { vrrpPairOf } from '../../schemes/replication/vrrpPair';
import { electionLine, electionMarkdown } from '../../vrrp/table';

export interface Election {
  readonly line: string;
  /** Markdown. */
  readonly table: string;
}

const elections = new WeakMap<ReplicationSite, Election>();

/** Who holds the VIP after what usually happens: one line, and the table. Kept with its site. */
export function electionOf(site: ReplicationSite): Election {
  const kept = elections.get(site);
  if (kept !== undefined) return kept;
  const pair = vrrpPairOf(site);
  const election = { line: electionLine(pair), table: electionMarkdown(pair) };
  elections.set(site, election);
  return election;
}
