import type { ReplicationSite } from '../../schemes/replication/site';
import type { VrrpHost, VrrpPair } from '../../vrrp/pair';
import { electionLine, electionMarkdown } from '../../vrrp/table';

/** The pair that the rendered keepalived.conf of both controllers makes. */
export function vrrpPairOf(site: ReplicationSite): VrrpPair {
  const hardened = site.profile === 'hardened';
  const [first, second] = site.controllers.map(({ name, address, priority }): VrrpHost => ({
    ...{ name, address, priority: hardened ? 254 : priority, state: 'BACKUP', nopreempt: true },
  }));
  if (first === undefined || second === undefined) throw new RangeError('a site has two controllers');
  return {
    hosts: [first, second],
    track: hardened ? { kind: 'role' } : { kind: 'process', weight: 2 },
    snat: site.profile,
    version: site.keepalived.vrrpVersion,
    advertIntervalSeconds: site.keepalived.advertIntervalSeconds,
    checkIntervalSeconds: 2,
  };
}

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
