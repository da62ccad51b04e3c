import { shownFact } from '../../../topology/facts';
import type { TopologyNode } from '../../../topology/node';
import { stateOfFindings, worstState } from '../../../topology/state';
import type { SiteView } from '../state/view';
import { findingsOf } from './context';
import type { TopologyContext } from './context';

/** The virtual IP and who holds it. */
export function vipNode(context: TopologyContext): TopologyNode {
  const { view } = context;
  const { site, controllers } = view;
  const unread = controllers.some(({ holdsVip }) => holdsVip === undefined);
  const findings = controllers.flatMap(({ name }) => findingsOf(context, 'vip', name));
  return {
    id: `site:${site.name}/vip`,
    kind: 'vip',
    label: 'VIP',
    description: `${holderText(view, unread)} · ${site.vip}`,
    state: worstState([unread ? 'unknown' : 'healthy', ...stateOfFindings(findings)]),
    facts: controllers.map(({ name, seen, holdsVip }) =>
      shownFact(name, seen.addresses, () => (holdsVip === true ? 'holds it' : 'does not hold it')),
    ),
    children: [],
    tokens: ['vip'],
    site: site.name,
  };
}

function holderText({ holders }: SiteView, unread: boolean): string {
  const names = holders.map(({ name }) => name).join(' and ');
  if (names === '') return unread ? 'holder unknown' : 'nobody holds it';
  return unread ? `on ${names}, perhaps not alone` : `on ${names}`;
}
