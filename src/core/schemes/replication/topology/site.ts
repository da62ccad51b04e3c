import type { Finding } from '../../../findings/finding';
import type { SiteObservation } from '../../../observe/host';
import { shownFact } from '../../../topology/facts';
import type { TopologyNode } from '../../../topology/node';
import { stateOfFindings, worstState } from '../../../topology/state';
import type { ReplicationSite } from '../site';
import { runningOperation } from '../state/duringOperation';
import { viewOf } from '../state/view';
import type { SiteView } from '../state/view';
import { configurationNodes } from './configuration';
import { findingsOf } from './context';
import type { TopologyContext } from './context';
import { controllerNode, unreachableText } from './controller';
import { findingsNode } from './findings';
import { vipNode } from './vip';

/** Site → VIP, controllers, Prometheus, findings. */
export function replicationTopology(
  site: ReplicationSite,
  observation: SiteObservation,
  findings: readonly Finding[],
): TopologyNode {
  const context: TopologyContext = { view: viewOf(site, observation), findings };
  const { view } = context;
  const children = [
    vipNode(context),
    ...view.controllers.map((controller) => controllerNode(context, controller)),
    monitoringNode(context),
  ];
  return {
    id: `site:${site.name}`,
    kind: 'site',
    label: site.name,
    description: siteText(view),
    state: worstState([...children.map(({ state }) => state), ...stateOfFindings(findings)]),
    facts: [
      { label: 'Profile', value: site.profile, source: 'inventory', atMs: observation.atMs },
      {
        label: 'Network',
        value: `${site.network.cidr}${site.network.assumed ? ' (assumed)' : ''}`,
        source: 'inventory',
        atMs: observation.atMs,
      },
    ],
    children:
      findings.length === 0 ? children : [...children, findingsNode(site.name, findings, observation.atMs)],
    tokens: ['site', site.profile],
    site: site.name,
  };
}

function siteText(view: SiteView): string {
  const { primary, standby } = view;
  const running = runningOperation(view);
  if (running !== undefined) return `${running.operator} is running an operation`;
  if (primary === undefined) return 'no clear primary';
  return `${primary.name} primary · ${standby?.name} standby`;
}

function monitoringNode(context: TopologyContext): TopologyNode {
  const { site, witness } = context.view;
  const findings = [
    ...findingsOf(context, 'monitoring', witness.host),
    ...hostFindings(context, witness.host),
  ];
  const ready = witness.prometheusReady;
  return {
    id: `site:${site.name}/${site.prometheus.name}`,
    kind: 'monitoring',
    label: site.prometheus.name,
    description: !witness.reachable.known
      ? unreachableText(witness)
      : !ready.known
        ? 'Prometheus: unknown'
        : ready.value
          ? 'Prometheus ready'
          : 'Prometheus not ready',
    state: worstState([
      ready.known && witness.role.known ? 'healthy' : 'unknown',
      ...stateOfFindings(findings),
    ]),
    facts: [
      { label: 'Address', value: site.prometheus.address, source: 'inventory', atMs: witness.atMs },
      shownFact('Answers', witness.reachable, () => 'yes'),
      shownFact('Prometheus', ready, (ok) => (ok ? 'ready' : 'not ready')),
      shownFact('Witness record', witness.role, ({ record }) =>
        record === undefined ? 'none' : `epoch ${record.epoch}, primary ${record.primary}`,
      ),
    ],
    children: configurationNodes(context, witness),
    tokens: ['monitoring', witness.reachable.known ? 'reachable' : 'unreachable'],
    site: site.name,
    host: site.prometheus.name,
  };
}

function hostFindings({ findings }: TopologyContext, host: string): Finding[] {
  return findings.filter(({ where }) => where.kind === 'host' && where.host === host);
}
