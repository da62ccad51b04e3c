import type { ElectionEvent, HostEventKind } from './event';
import type { HostIndex } from './pair';

export type VrrpState = 'STOPPED' | 'FAULT' | 'BACKUP' | 'MASTER';

export interface HostState {
  readonly powered: boolean;
  readonly keepalived: boolean;
  readonly cmon: boolean;
  readonly roleFlag: boolean;
  readonly vrrp: VrrpState;
}

export interface PairState {
  readonly hosts: readonly [HostState, HostState];
  /** The network between them is cut. */
  readonly cut: boolean;
}

const OFF: HostState = {
  powered: false,
  keepalived: false,
  cmon: false,
  roleFlag: false,
  vrrp: 'STOPPED',
};
const BARE: HostState = { ...OFF, powered: true };

/** Both hosts are on; nothing runs on either. */
export const NOTHING_RUNS: PairState = { hosts: [BARE, BARE], cut: false };

const EFFECT: Readonly<Record<HostEventKind, (host: HostState) => HostState>> = {
  'cmon-stops': (host) => ({ ...host, cmon: false }),
  'cmon-starts': (host) => ({ ...host, cmon: host.powered }),
  'role-taken': (host) => ({ ...host, roleFlag: false }),
  'role-given': (host) => ({ ...host, roleFlag: host.powered }),
  'keepalived-stops': (host) => ({ ...host, keepalived: false, vrrp: 'STOPPED' }),
  'keepalived-starts': (host) => ({ ...host, keepalived: host.powered }),
  'host-dies': () => OFF,
  'host-returns': (host) => (host.powered ? host : { ...BARE, keepalived: true }),
};

/** What the event itself changes, before anybody reacts. */
export function afterEvent(state: PairState, event: ElectionEvent): PairState {
  if (!('host' in event)) return { ...state, cut: event.kind === 'partition' };
  return withHost(state, event.host, EFFECT[event.kind]);
}

/** The same pair with one host changed. */
export function withHost(
  state: PairState,
  index: HostIndex,
  change: (host: HostState) => HostState,
): PairState {
  const [first, second] = state.hosts;
  return { ...state, hosts: index === 0 ? [change(first), second] : [first, change(second)] };
}
