import type { NodeFact, NodeState, TopologyNode } from '../../core/topology/node';

/** What a node said when it was last known. */
export interface KnownNode {
  readonly description: string;
  readonly state: NodeState;
  readonly facts: readonly NodeFact[];
  readonly atMs: number;
}

/** Of one site, kept over restarts. Plain JSON. */
export interface SiteMemory {
  readonly format: 1;
  readonly atMs: number;
  /** The whole last picture: drawn until the first observation of this window. */
  readonly topology: TopologyNode;
  /** By node id. */
  readonly known: Readonly<Record<string, KnownNode>>;
}

/** A node as it is drawn. */
export interface DrawnNode {
  readonly node: TopologyNode;
  /** Set where nothing is known of the node now and something older is. */
  readonly lastKnown?: KnownNode;
  /** Set where nothing was observed in this window: when it was seen. */
  readonly staleSinceMs?: number;
  readonly children: readonly DrawnNode[];
}

/** True where a row says nothing of the thing itself: it was not read, or its host does not answer. */
function isDark(node: TopologyNode): boolean {
  return node.state === 'unknown' || node.tokens.includes('unreachable');
}

/** The memory after an observation. Nodes that no longer exist are forgotten. */
export function remember(before: SiteMemory | undefined, topology: TopologyNode, atMs: number): SiteMemory {
  const known: Record<string, KnownNode> = {};
  const visit = (node: TopologyNode): void => {
    if (!isDark(node)) {
      known[node.id] = { description: node.description, state: node.state, facts: node.facts, atMs };
    } else if (before?.known[node.id]) {
      known[node.id] = before.known[node.id] as KnownNode;
    }
    node.children.forEach(visit);
  };
  visit(topology);
  return { format: 1, atMs, topology, known };
}

/**
 * Current nodes, the unknown ones with what is remembered of them. Below an unknown row those that say nothing,
 * not even something old, are left out: one row says that a host does not answer.
 */
export function drawCurrent(node: TopologyNode, memory: SiteMemory | undefined): DrawnNode {
  const lastKnown = isDark(node) ? memory?.known[node.id] : undefined;
  const drawn = node.children.map((child) => drawCurrent(child, memory));
  const silent = isDark(node) && node.kind !== 'site';
  const children = silent
    ? drawn.filter((child) => child.lastKnown || child.node.state !== 'unknown')
    : drawn;
  return { node, children, ...(lastKnown && { lastKnown }) };
}

/** The remembered picture, every node marked with its age. */
export function drawStale(node: TopologyNode, atMs: number): DrawnNode {
  return { node, staleSinceMs: atMs, children: node.children.map((child) => drawStale(child, atMs)) };
}
