import type { KeepalivedState } from '../../../observe/host';
import { shownFacts } from '../../../topology/facts';
import type { TopologyNode } from '../../../topology/node';
import type { ControllerView } from '../state/view';
import { partNode } from './context';
import type { TopologyContext } from './context';

const FOLLOWS: Readonly<Record<KeepalivedState['follows'], string>> = {
  'role-flag': 'the role (hardened)',
  'process-check': 'a check of cmon (documented)',
  none: 'nothing',
};

/** keepalived: MASTER on the primary. FAULT is where a standby of the hardened profile rests. */
export function keepalivedNode(context: TopologyContext, controller: ControllerView): TopologyNode {
  const { keepalived } = controller.seen;
  return partNode(context, controller, {
    kind: 'keepalived',
    label: 'keepalived',
    description: !keepalived.known
      ? 'unknown'
      : keepalived.value.running
        ? stateText(keepalived.value)
        : 'stopped',
    state: !keepalived.known ? 'unknown' : keepalived.value.running ? 'healthy' : 'warning',
    facts: shownFacts('keepalived', keepalived, (value) => [
      ['State', value.state ?? 'not told'],
      ['The VIP follows', FOLLOWS[value.follows]],
      ['Version', value.version ?? 'not told'],
      ['keepalived -t', value.test === undefined ? 'not asked' : `exit ${value.test.exitCode}`],
    ]),
  });
}

/** A follower of the role flag that may not hold the VIP is in FAULT: an operator must not take that for a fault. */
function stateText({ state, follows }: KeepalivedState): string {
  if (state === 'FAULT' && follows === 'role-flag') return 'at rest (FAULT)';
  return state ?? 'running, state unknown';
}

/** Whether outgoing connections carry the VIP: exactly where the VIP is. */
export function snatNode(context: TopologyContext, controller: ControllerView): TopologyNode {
  const { snat } = controller.seen;
  const on = snat.known && snat.value.toVip.length > 0;
  return partNode(context, controller, {
    kind: 'snat',
    label: 'SNAT',
    description: !snat.known ? 'unknown' : on ? 'to the VIP' : 'none',
    state: !snat.known ? 'unknown' : on ? 'healthy' : 'inactive',
    facts: shownFacts('NAT rules', snat, (value) => [
      ...value.toVip.map((rule) => ['Rule', rule] as const),
      ...(value.toVip.length === 0 ? [['Rules to the VIP', 'none'] as const] : []),
      ['Exclusions', value.hardened ? 'VRRP, multicast, peers, running connections' : 'none'],
    ]),
  });
}
