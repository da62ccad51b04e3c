import type { HostIndex, VrrpPair } from './pair';

/** What can happen to one host. `cmon-*` matters to a process check, `role-*` to the role flag. */
export type HostEventKind =
  | 'cmon-stops'
  | 'cmon-starts'
  | 'role-taken'
  | 'role-given'
  | 'keepalived-stops'
  | 'keepalived-starts'
  /** Power is cut: no process says goodbye. */
  | 'host-dies'
  /** It boots: keepalived starts, cmon and the role flag are not there. */
  | 'host-returns';

/** A partition leaves the links up: each host lives and hears nothing of the other. */
export type NetworkEventKind = 'partition' | 'partition-heals';

export type ElectionEvent =
  { readonly kind: HostEventKind; readonly host: HostIndex } | { readonly kind: NetworkEventKind };

const TEXT: Readonly<Record<HostEventKind, string>> = {
  'cmon-stops': 'cmon stops on',
  'cmon-starts': 'cmon starts on',
  'role-taken': 'the role is taken from',
  'role-given': 'the role is given to',
  'keepalived-stops': 'keepalived stops on',
  'keepalived-starts': 'keepalived starts on',
  'host-dies': 'power is cut on',
  'host-returns': 'power is back on',
};

/** `cmon stops on cc1` */
export function eventText(pair: VrrpPair, event: ElectionEvent): string {
  if (!('host' in event))
    return event.kind === 'partition' ? 'the network between them is cut' : 'the network is whole again';
  return `${TEXT[event.kind]} ${pair.hosts[event.host].name}`;
}
