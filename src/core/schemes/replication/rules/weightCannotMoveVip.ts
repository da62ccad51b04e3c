import { resolveReplication } from '../resolve';
import { vrrpPairOf } from '../vrrpPair';
import { electionsOf } from './elections';
import { at, hardened } from './rule';
import type { ReplicationRule } from './rule';

/** From the simulated election, which is held against real keepalived: docs/election.md. */
export const weightCannotMoveVip: ReplicationRule = {
  code: 'weight-cannot-move-vip',
  severity: 'warning',
  why: 'The documented weight of 2 is smaller than a gap of 5 between the priorities, and nopreempt makes any weight void: when cmon stops on one host and starts on the other, the VIP stays where it was. Measured with keepalived 2.3.4.',
  remedy:
    'Use `profile: hardened`, where the VIP follows the role. Until then the VIP moves when keepalived is stopped on its holder.',
  check(draft) {
    const site = resolveReplication(draft);
    if (site === undefined) return [];
    const { takeover, keepalived, death, partition } = electionsOf(vrrpPairOf(site));
    const follows = takeover[1]?.holders.join() === '1';
    if (follows) return [];
    const profile = at(draft, ['profile'], '').where;
    const others = [...keepalived, ...death, ...partition];
    const message = `in the ${site.profile} profile the VIP does not follow cmon (${takeover.map(({ text }) => text).join('; ')})`;
    const related = others.map(({ text }) => ({ where: profile, message: text }));
    return [at(draft, ['profile'], message, { fix: hardened(draft), related })];
  },
};
