import type { HostObservation } from '../../../observe/host';
import { shownFact, shownFacts } from '../../../topology/facts';
import type { NodeFact, TopologyNode } from '../../../topology/node';
import { stateOfFindings, worstState } from '../../../topology/state';
import type { ControllerView } from '../state/view';
import { configurationNodes } from './configuration';
import { findingsOf } from './context';
import type { TopologyContext } from './context';
import { databaseNode } from './database';
import { filesyncNode } from './filesync';
import { keepalivedNode, snatNode } from './keepalived';
import { roleNode, roleText } from './role';
import { servicesNode } from './services';

/** One controller with its parts. A host that does not answer keeps its parts, all unknown. */
export function controllerNode(context: TopologyContext, controller: ControllerView): TopologyNode {
  const { seen, name, role } = controller;
  const builders = [roleNode, servicesNode, databaseNode, filesyncNode, keepalivedNode, snatNode];
  const children = [
    ...builders.map((build) => build(context, controller)),
    ...configurationNodes(context, seen),
  ];
  const reachable = seen.reachable.known;
  const held = seen.role.known && seen.role.value.held === true;
  const own = stateOfFindings(findingsOf(context, 'controller', name));
  return {
    id: `site:${context.view.site.name}/${name}`,
    kind: 'controller',
    label: name,
    description: reachable ? roleText(controller) : unreachableText(seen),
    state: worstState([reachable ? 'healthy' : 'unknown', ...own, ...children.map(({ state }) => state)]),
    facts: controllerFacts(controller),
    children,
    tokens: ['controller', role.likely, reachable ? 'reachable' : 'unreachable', ...(held ? ['held'] : [])],
    site: context.view.site.name,
    host: name,
  };
}

/** A host that we refuse, or that refuses us, is there: "does not answer" would send the operator to its power supply. */
export function unreachableText({ reachable }: HostObservation): string {
  const code = reachable.known ? undefined : reachable.code;
  if (code === 'host-key-changed') return 'host key refused: changed or revoked';
  if (code === 'host-key-unknown') return 'host key unknown: not in known_hosts';
  if (code === 'auth-failed') return 'refuses the login';
  return 'does not answer';
}

function controllerFacts({ seen, controller }: ControllerView): NodeFact[] {
  return [
    { label: 'Address', value: controller.address, source: 'inventory', atMs: seen.atMs },
    shownFact('Answers', seen.reachable, () => 'yes'),
    shownFact('Up since', seen.uptimeSeconds, (uptime) => new Date(seen.atMs - uptime * 1000).toISOString()),
    ...shownFacts('Disks and clock', seen.resources, ({ filesystems, clockSkewMs }) => [
      ...filesystems.map(
        ({ path, freeBytes }) => [`Free on ${path}`, `${Math.floor(freeBytes / 1048576)} MiB`] as const,
      ),
      ['Clock', `${Math.abs(clockSkewMs)} ms ${clockSkewMs < 0 ? 'behind' : 'ahead of'} ours`],
    ]),
  ];
}
