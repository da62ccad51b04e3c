import { type HostObservation } from '../../../observe/host';

/** Epochs of one plan: none is ever used twice, also not by its undo. */
export interface Epochs {
  /** Largest of all readable records; 0 where there is none. */
  readonly current: number;
  readonly next: number;
  readonly undo: number;
}

/**
 * New epoch = max of all readable records + 1 (docs/host-helper.md). A pending epoch counts as used, and so does the one above it:
 * its operation's undo may have taken that on a host that can't be asked now.
 */
export function nextEpochs(hosts: readonly HostObservation[]): Epochs {
  const roles = hosts.flatMap(({ role }) => (role.known ? [role.value] : []));
  const pending = roles.map((role) => role.pending?.epoch ?? 0);
  const current = Math.max(0, ...roles.map(({ record }) => record?.epoch ?? 0), ...pending);
  const used = Math.max(current, ...pending.map((epoch) => (epoch > 0 ? epoch + 1 : 0)));
  return { current, next: used + 1, undo: used + 2 };
}

/** A token above every token that any host remembers. Hosts keep it after a release. */
export function nextToken(hosts: readonly HostObservation[]): number {
  const seen = hosts.map((host) => (host.role.known ? (host.role.value.lastToken ?? 0) : 0));
  return Math.max(0, ...seen) + 1;
}
