/** Scheme-neutral. The user interface draws these and never says "cc1" or "primary" by itself. */
export type NodeState = 'healthy' | 'warning' | 'error' | 'unknown' | 'inactive';

export type NodeKind =
  | 'site'
  | 'vip'
  | 'controller'
  | 'role'
  | 'services'
  | 'service'
  | 'database'
  | 'replication'
  | 'filesync'
  | 'keepalived'
  | 'snat'
  | 'monitoring'
  | 'configuration'
  | 'file'
  | 'findings'
  | 'finding'
  | 'fact';

export interface NodeFact {
  readonly label: string;
  /** `unknown: REASON` where it could not be read. */
  readonly value: string;
  readonly source: string;
  readonly atMs: number;
}

export interface TopologyNode {
  /** Stable over refreshes: expansion and selection hang on it. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  readonly description: string;
  readonly state: NodeState;
  readonly facts: readonly NodeFact[];
  readonly children: readonly TopologyNode[];
  /** Tokens for menus: `controller`, `standby`, `reachable`, … */
  readonly tokens: readonly string[];
  readonly site: string;
  readonly host?: string;
  /** Set on finding nodes: where a click leads. */
  readonly findingCode?: string;
}
