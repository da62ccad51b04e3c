import { type HostObservation } from '../../../observe/host';

/** Epochs of one plan: none is ever used twice, also not by its undo. */
export interface Epochs {
  /** Largest of all readable records; 0 where there is none. */
  readonly current: number;
  readonly next: number;
  readonly undo: number;
}

/** New epoch = max of all readable records + 1 (docs/host-helper.md). A pending epoch counts as used. */
export function nextEpochs(hosts: readonly HostObservation[]): Epochs {
  const seen = hosts.flatMap((host) =>
    host.role.known ? [host.role.value.record?.epoch ?? 0, host.role.value.pending?.epoch ?? 0] : [],
  );
  const current = Math.max(0, ...seen);
  return { current, next: current + 1, undo: current + 2 };
}

/** A token above every token that any host remembers. Hosts keep it after a release. */
export function nextToken(hosts: readonly HostObservation[]): number {
  const seen = hosts.map((host) => (host.role.known ? (host.role.value.lastToken ?? 0) : 0));
  return Math.max(0, ...seen) + 1;
}
