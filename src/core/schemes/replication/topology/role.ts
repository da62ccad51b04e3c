import type { NodeFact, TopologyNode } from '../../../topology/node';
import type { ControllerView } from '../state/view';
import { partNode } from './context';
import type { TopologyContext } from './context';

const LABELS = {
  'read-only': 'MySQL',
  channel: 'Replication channel',
  vip: 'Virtual IP',
  services: 'Services',
  record: 'Role record',
} as const;

/** What this controller is, and by which votes. */
export function roleNode(context: TopologyContext, controller: ControllerView): TopologyNode {
  const { role, seen } = controller;
  const record = seen.role.known ? seen.role.value.record : undefined;
  const votes = role.votes.map((vote): NodeFact => ({
    label: LABELS[vote.about],
    value: vote.says === undefined ? `unknown: ${vote.text}` : `${vote.says}: ${vote.text}`,
    source: `probe of ${controller.name}`,
    atMs: seen.atMs,
  }));
  const epoch = record === undefined ? '' : ` · epoch ${record.epoch}`;
  const returned = seen.role.known && seen.role.value.returned === true;
  const held = seen.role.known && seen.role.value.held === true;
  const unread = role.votes.some((vote) => vote.says === undefined) || role.votes.length === 0;
  return partNode(context, controller, {
    kind: 'role',
    label: 'Role',
    description: `${roleText(controller)}${epoch}${returned ? ' · came back' : ''}${held ? ' · held closed' : ''}`,
    state: unread ? 'unknown' : 'healthy',
    facts: [...votes, ...marks(controller)],
    tokens: [role.likely, ...(returned ? ['returned'] : [])],
  });
}

/** What its helper has on record beside the role: who acts on it, and what stands in the way of opening it. */
function marks({ seen }: ControllerView): NodeFact[] {
  if (!seen.role.known) return [];
  const { source, atMs, value } = seen.role;
  const { lease, pending, returned, cloneBroken, failover, held } = value;
  const texts: [string, string | undefined][] = [
    ['Lease', lease && `${lease.operator}, ${lease.plan}, ${lease.remainingSeconds} s left`],
    ['Pending epoch', pending && `${pending.epoch} for ${pending.primary}`],
    [
      'Came back',
      returned === true ? 'was the primary; closed until it is prepared as a secondary' : undefined,
    ],
    ['Held closed', held === true ? 'by hand: its guard opens nothing' : undefined],
    ['CLONE', cloneBroken === true ? 'begun and not whole: nothing opens this host' : undefined],
    ['Last failover', failover && `${new Date(failover.sinceMs).toISOString()} (${failover.plan})`],
  ];
  return texts.flatMap(([label, text]) => (text === undefined ? [] : [{ label, value: text, source, atMs }]));
}

/** "primary", "standby", "primary?" where not everything agrees, or "unknown". */
export function roleText({ role }: ControllerView): string {
  if (role.likely === 'unknown') return 'unknown';
  return role.role === role.likely ? role.role : `${role.likely}?`;
}
