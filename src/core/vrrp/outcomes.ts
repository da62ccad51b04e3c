import { eventText } from './event';
import type { ElectionEvent, HostEventKind } from './event';
import type { HostIndex, VrrpPair } from './pair';
import { normalOperation, simulate } from './simulate';
import { holdersText } from './table';

/** What a reader wants to know first: one consequence of an event, in words. */
export interface Outcome {
  /** `cmon stops on cc1` */
  readonly event: string;
  readonly holders: readonly HostIndex[];
  /** `cmon stops on cc1: VIP on cc1`; all but the first begin with `then`. */
  readonly text: string;
}

function outcomesOf(pair: VrrpPair, events: readonly ElectionEvent[]): Outcome[] {
  return simulate(pair, events, normalOperation(pair)).map(({ event, holders }, index) => {
    const then = index === 0 ? '' : 'then ';
    const said = `${then}${eventText(pair, event)}`;
    return { event: eventText(pair, event), holders, text: `${said}: VIP on ${holdersText(pair, holders)}` };
  });
}

/** The first host is relieved in an orderly way: it stops being active, then the second begins. */
export function takeoverOutcomes(pair: VrrpPair): Outcome[] {
  const [stops, starts]: readonly [HostEventKind, HostEventKind] =
    pair.track.kind === 'role' ? ['role-taken', 'role-given'] : ['cmon-stops', 'cmon-starts'];
  return outcomesOf(pair, [
    { kind: stops, host: 0 },
    { kind: starts, host: 1 },
  ]);
}

export function keepalivedOutcomes(pair: VrrpPair): Outcome[] {
  return outcomesOf(pair, [
    { kind: 'keepalived-stops', host: 0 },
    { kind: 'keepalived-starts', host: 0 },
  ]);
}

export function deathOutcomes(pair: VrrpPair): Outcome[] {
  return outcomesOf(pair, [
    { kind: 'host-dies', host: 0 },
    { kind: 'host-returns', host: 0 },
  ]);
}

export function partitionOutcomes(pair: VrrpPair): Outcome[] {
  return outcomesOf(pair, [{ kind: 'partition' }, { kind: 'partition-heals' }]);
}
