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
  const unread = role.votes.some((vote) => vote.says === undefined) || role.votes.length === 0;
  return partNode(context, controller, {
    kind: 'role',
    label: 'Role',
    description: `${roleText(controller)}${epoch}`,
    state: unread ? 'unknown' : 'healthy',
    facts: votes,
    tokens: [role.likely],
  });
}

/** "primary", "standby", "primary?" where not everything agrees, or "unknown". */
export function roleText({ role }: ControllerView): string {
  if (role.likely === 'unknown') return 'unknown';
  return role.role === role.likely ? role.role : `${role.likely}?`;
}
