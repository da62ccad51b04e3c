import type { UnitState } from '../../../observe/host';
import type { NodeState, TopologyNode } from '../../../topology/node';
import { shownFact } from '../../../topology/facts';
import type { ControllerView } from '../state/view';
import { partNode } from './context';
import type { TopologyContext } from './context';

/** The units of ClusterControl: all active on the primary, none on the standby. */
export function servicesNode(context: TopologyContext, controller: ControllerView): TopologyNode {
  const { units, cmonProcesses, cmonPing } = controller.seen;
  const names = context.view.site.services;
  const active = units.known ? names.filter((name) => units.value[name]?.active === 'active') : [];
  const standby = controller.role.likely === 'standby';
  const resting = standby && active.length === 0;
  return partNode(context, controller, {
    kind: 'services',
    label: 'Services',
    description: units.known ? `${active.length} of ${names.length} active` : 'unknown',
    state: !units.known || !cmonProcesses.known ? 'unknown' : resting ? 'inactive' : 'healthy',
    facts: [
      shownFact('cmon processes', cmonProcesses, String),
      // Asked where cmon should answer.
      ...(standby ? [] : [shownFact('Ping of cmon', cmonPing, (ok) => (ok ? 'Ok' : 'no answer'))]),
    ],
    children: units.known
      ? names.map((name) => serviceNode(context, controller, name, units.value[name]))
      : [],
  });
}

function serviceNode(
  { view }: TopologyContext,
  controller: ControllerView,
  name: string,
  unit: UnitState | undefined,
): TopologyNode {
  const state: NodeState =
    unit?.active === 'active' ? 'healthy' : unit?.active === 'failed' ? 'warning' : 'inactive';
  return {
    id: `site:${view.site.name}/${controller.name}/services/${name}`,
    kind: 'service',
    label: name,
    description: unit?.loaded === true ? `${unit.active} · ${unit.file || 'no unit file'}` : 'not installed',
    state,
    facts: [
      shownFact('Unit', controller.seen.units, () => (unit === undefined ? 'not installed' : unit.sub)),
    ],
    children: [],
    tokens: ['service', unit?.active ?? 'absent'],
    site: view.site.name,
    host: controller.name,
  };
}
