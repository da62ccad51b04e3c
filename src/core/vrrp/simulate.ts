import type { ElectionEvent } from './event';
import type { HostIndex, VrrpPair } from './pair';
import { settle } from './settle';
import { afterEvent, NOTHING_RUNS } from './state';
import type { PairState } from './state';

/** One event, and who holds the VIP once everything is at rest: none, one, or both. */
export interface ElectionRow {
  readonly event: ElectionEvent;
  /** Positions in `pair.hosts`, ascending. */
  readonly holders: readonly HostIndex[];
}

/** The pair in normal operation: the first host is active, keepalived was started on it first, the second is a cold standby. */
export function normalOperation(pair: VrrpPair): PairState {
  const events: readonly ElectionEvent[] = [
    { kind: 'cmon-starts', host: 0 },
    { kind: 'role-given', host: 0 },
    { kind: 'keepalived-starts', host: 0 },
    { kind: 'keepalived-starts', host: 1 },
  ];
  return events.reduce((state, event) => nextState(pair, state, event), NOTHING_RUNS);
}

/** What one event leads to. Total: an event that changes nothing (a dead host's cmon stops) leaves the state. */
export function nextState(pair: VrrpPair, state: PairState, event: ElectionEvent): PairState {
  return settle(pair, afterEvent(state, event));
}

export function holdersOf(state: PairState): HostIndex[] {
  return ([0, 1] as const).filter((index) => state.hosts[index].vrrp === 'MASTER');
}

/** Holders after each event of a sequence, each once the pair is at rest again. */
export function simulate(
  pair: VrrpPair,
  events: readonly ElectionEvent[],
  begin: PairState = normalOperation(pair),
): ElectionRow[] {
  let state = begin;
  return events.map((event) => {
    state = nextState(pair, state, event);
    return { event, holders: holdersOf(state) };
  });
}
