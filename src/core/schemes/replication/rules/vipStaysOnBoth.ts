import { resolveReplication } from '../resolve';
import { vrrpPairOf } from '../vrrpPair';
import { electionsOf } from './elections';
import { at, hardened } from './rule';
import type { ReplicationRule } from './rule';

/** From the simulated election, which is held against real keepalived: docs/election.md. */
export const vipStaysOnBoth: ReplicationRule = {
  code: 'vip-stays-on-both',
  severity: 'warning',
  why: 'The documented SNAT rule rewrites the adverts of keepalived too: they carry the VIP as their source, and a host that has the VIP itself drops what seems to come from there. Two masters never hear each other, whatever their priorities. Version 3 refuses such adverts altogether (its checksum covers the source): there both have the VIP even without a cut. Measured with keepalived 2.3.4.',
  remedy:
    'Use `profile: hardened`, whose rule leaves VRRP out. Until then use version 2, and after a cut between the controllers stop keepalived on the one that should not have the VIP, and start it again.',
  check(draft) {
    const site = resolveReplication(draft);
    if (site === undefined) return [];
    const { partition } = electionsOf(vrrpPairOf(site));
    const both = partition[partition.length - 1]?.holders.length === 2;
    const message = `both controllers keep the VIP after a cut between them: ${partition.map(({ text }) => text).join('; ')}`;
    return both ? [at(draft, ['profile'], message, { fix: hardened(draft) })] : [];
  },
};
