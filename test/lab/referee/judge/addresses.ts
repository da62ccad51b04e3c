import { at } from './format';
import type { Handover, Interval, Violation } from './verdict';

/**
 * A change of who holds the VIP. The order of the list is the kernel's own: all hosts' events come
 * through one socket, so the order is right even when the reading was late. The times are the reading's.
 */
export interface AddressEvent {
  readonly host: string;
  readonly held: boolean;
  readonly atMs: number;
  /** Where it was learned: an address event, the first look, a host that went away. */
  readonly source: string;
}

/** The source of an event that no kernel announced: the host's power is off. */
export const HOST_WENT_OFF = 'the host went off';

export interface Holding extends Interval {
  readonly host: string;
  /** It ended with the host, not by giving the VIP up. */
  readonly endedByPower: boolean;
}

/** I2: each time in which more than one host held the VIP. Even the shortest counts: the order is exact. */
export function twoHolders(events: readonly AddressEvent[], endMs: number): Violation[] {
  const violations: Violation[] = [];
  const holders = new Map<string, AddressEvent>();
  let since: { fromMs: number; holders: AddressEvent[] } | undefined;
  const close = (toMs: number, how: string): void => {
    if (since === undefined) return;
    violations.push({
      invariant: 'I2',
      hosts: since.holders.map((event) => event.host).sort(),
      fromMs: since.fromMs,
      toMs,
      evidence: [
        ...since.holders.map((event) => `VIP on ${event.host} since ${at(event.atMs)} (${event.source})`),
        how,
      ],
    });
    since = undefined;
  };
  for (const event of events) {
    if (event.held) {
      if (!holders.has(event.host)) holders.set(event.host, event);
      if (holders.size > 1 && since === undefined) {
        since = { fromMs: event.atMs, holders: [...holders.values()] };
      }
    } else {
      holders.delete(event.host);
      if (holders.size < 2)
        close(event.atMs, `gone from ${event.host} at ${at(event.atMs)} (${event.source})`);
    }
  }
  close(endMs, 'still so at the end of the watch');
  return violations;
}

/** When which host held the VIP. */
export function holdings(events: readonly AddressEvent[], endMs: number): Holding[] {
  const result: Holding[] = [];
  const since = new Map<string, number>();
  for (const { host, held, atMs, source } of events) {
    const fromMs = since.get(host);
    if (held && fromMs === undefined) since.set(host, atMs);
    if (!held && fromMs !== undefined) {
      result.push({ host, fromMs, toMs: atMs, endedByPower: source === HOST_WENT_OFF });
      since.delete(host);
    }
  }
  for (const [host, fromMs] of since) result.push({ host, fromMs, toMs: endMs, endedByPower: false });
  return result.sort((a, b) => a.fromMs - b.fromMs);
}

/** The VIP's moves from one host to another, with the time in which nobody held it. */
export function vipHandovers(events: readonly AddressEvent[], endMs: number): Handover[] {
  const list = holdings(events, endMs);
  return list.slice(1).flatMap((next, index) => {
    const previous = list[index];
    if (previous === undefined || previous.host === next.host) return [];
    const durationMs = next.fromMs - previous.toMs;
    return [{ from: previous.host, to: next.host, fromMs: previous.toMs, toMs: next.fromMs, durationMs }];
  });
}
