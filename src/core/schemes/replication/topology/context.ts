import type { Finding } from '../../../findings/finding';
import type { NodeFact, NodeKind, NodeState, TopologyNode } from '../../../topology/node';
import { stateOfFindings, worstState } from '../../../topology/state';
import { STATE_RULES } from '../state/table';
import type { ControllerView, SiteView } from '../state/view';

/** What all builders of nodes read. */
export interface TopologyContext {
  readonly view: SiteView;
  readonly findings: readonly Finding[];
}

const PARTS: ReadonlyMap<string, NodeKind> = new Map(STATE_RULES.map(({ code, part }) => [code, part]));

/** Findings that a part of a host shows: its own, and those about the whole site. */
export function findingsOf(context: TopologyContext, kind: NodeKind, host: string): Finding[] {
  return context.findings.filter(
    ({ code, where }) =>
      PARTS.get(code) === kind && (where.kind === 'site' || (where.kind === 'host' && where.host === host)),
  );
}

/** A part of a controller. Its state is the worst of what it is and what was found. */
export function partNode(
  context: TopologyContext,
  controller: ControllerView,
  part: {
    readonly kind: NodeKind;
    readonly label: string;
    readonly description: string;
    /** What it is by its facts: `unknown` where they could not be read. */
    readonly state: NodeState;
    readonly facts: readonly NodeFact[];
    readonly children?: readonly TopologyNode[];
    readonly tokens?: readonly string[];
  },
): TopologyNode {
  const site = context.view.site.name;
  const own = stateOfFindings(findingsOf(context, part.kind, controller.name));
  const children = part.children ?? [];
  return {
    id: `site:${site}/${controller.name}/${part.kind}`,
    kind: part.kind,
    label: part.label,
    description: part.description,
    state: worstState([part.state, ...own, ...children.map(({ state }) => state)]),
    facts: part.facts,
    children,
    tokens: [part.kind, ...(part.tokens ?? [])],
    site,
    host: controller.name,
  };
}
