import type { Finding } from '../findings/finding';
import { worst } from '../findings/order';
import type { NodeState } from './node';

/** Unknown is worse than a warning: it may hide an error. `inactive` is what should be off, and is. */
const RANK: Readonly<Record<NodeState, number>> = {
  error: 4,
  unknown: 3,
  warning: 2,
  healthy: 1,
  inactive: 0,
};

/** The worst of all; `healthy` for none. */
export function worstState(states: readonly NodeState[]): NodeState {
  return states.reduce<NodeState>((a, b) => (RANK[b] > RANK[a] ? b : a), states[0] ?? 'healthy');
}

/** What findings make of a node; information changes nothing. */
export function stateOfFindings(findings: readonly Finding[]): NodeState[] {
  const severity = worst(findings);
  return severity === 'error' || severity === 'warning' ? [severity] : [];
}
