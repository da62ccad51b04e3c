import { accepts, givesWay, isHeard } from './adverts';
import { otherHost } from './pair';
import type { HostIndex, VrrpPair } from './pair';
import { effectivePriority, isEligible } from './priority';
import { withHost } from './state';
import type { PairState } from './state';

const BOTH: readonly HostIndex[] = [0, 1];

/** More rounds than two hosts can need: each round changes a state for the better. A bound all the same. */
const ROUNDS = 16;

/** Lets everybody react until nothing changes any more. Never throws. */
export function settle(pair: VrrpPair, begin: PairState): PairState {
  let state = BOTH.reduce((so, index) => tracked(pair, so, index), begin);
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = oneReaction(pair, state);
    if (next === undefined) return state;
    state = next;
  }
  return state;
}

/** FAULT while the check fails; whoever leaves it, or has just started, listens first. */
function tracked(pair: VrrpPair, state: PairState, index: HostIndex): PairState {
  const host = state.hosts[index];
  if (!host.keepalived) return state;
  if (!isEligible(pair, host)) return withHost(state, index, (one) => ({ ...one, vrrp: 'FAULT' }));
  return host.vrrp === 'FAULT' || host.vrrp === 'STOPPED'
    ? withHost(state, index, (one) => ({ ...one, vrrp: 'BACKUP' }))
    : state;
}

/** The next thing to happen; undefined when the pair is at rest. Masters react at once, the others after their timer. */
function oneReaction(pair: VrrpPair, state: PairState): PairState | undefined {
  const yielding = BOTH.find((index) => mustYield(pair, state, index));
  if (yielding !== undefined) return becomeBackup(state, yielding);
  const rising = BOTH.filter((index) => takesOver(pair, state, index));
  // The skew of the timer: the higher priority comes first (RFC 5798, 6.1).
  const [first, second] = rising;
  if (first === undefined) return undefined;
  const later =
    second !== undefined && effectivePriority(pair, state, second) > effectivePriority(pair, state, first);
  return becomeMaster(pair, state, later ? second : first);
}

function prioritiesFor(pair: VrrpPair, state: PairState, listener: HostIndex): [number, number] {
  return [effectivePriority(pair, state, listener), effectivePriority(pair, state, otherHost(listener))];
}

function mustYield(pair: VrrpPair, state: PairState, index: HostIndex): boolean {
  const other = otherHost(index);
  return (
    state.hosts[index].vrrp === 'MASTER' &&
    state.hosts[other].vrrp === 'MASTER' &&
    isHeard(pair, state, other) &&
    givesWay(pair, index, prioritiesFor(pair, state, index))
  );
}

function takesOver(pair: VrrpPair, state: PairState, index: HostIndex): boolean {
  const other = otherHost(index);
  if (state.hosts[index].vrrp !== 'BACKUP') return false;
  const hears = state.hosts[other].vrrp === 'MASTER' && isHeard(pair, state, other);
  return !hears || !accepts(pair, index, prioritiesFor(pair, state, index));
}

/**
 * A new master's first advert leaves before its notify script runs, and so under its own address. It always does: the
 * connection table has an old entry perhaps, but without a rule nothing consults it (measured).
 */
function becomeMaster(pair: VrrpPair, state: PairState, index: HostIndex): PairState {
  const other = otherHost(index);
  const next = withHost(state, index, (host) => ({ ...host, vrrp: 'MASTER' }));
  const bothMaster = next.hosts[other].vrrp === 'MASTER';
  return bothMaster && !next.cut && givesWay(pair, other, prioritiesFor(pair, next, other))
    ? becomeBackup(next, other)
    : next;
}

function becomeBackup(state: PairState, index: HostIndex): PairState {
  return withHost(state, index, (host) => ({ ...host, vrrp: 'BACKUP' }));
}
