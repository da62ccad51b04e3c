import type { SiteObservation } from '../../observe/host';

/** What the last observation saw on one host: offered where an inventory asks for it. */
export interface SeenHost {
  readonly host: string;
  /** Addresses that stay: those that keepalived put there are left out. */
  readonly addresses: readonly {
    readonly interface: string;
    readonly address: string;
    readonly prefixLength: number;
  }[];
  /** As the server says it; undefined where it was not read. */
  readonly mysqlVersion: string | undefined;
}

/** Hosts as they were seen, by the name of their site. */
export type SeenSites = Readonly<Record<string, readonly SeenHost[]>>;

/** What is unknown is left out: it is no suggestion. */
export function seenHosts(observation: SiteObservation): SeenHost[] {
  return Object.values(observation.hosts).map(({ host, addresses, mysql }) => ({
    host,
    addresses: (addresses.known ? addresses.value : [])
      .filter((one) => !one.byKeepalived && one.interface !== 'lo' && one.address.includes('.'))
      .map(({ interface: name, address, prefixLength }) => ({ interface: name, address, prefixLength })),
    mysqlVersion: mysql.known ? mysql.value.version : undefined,
  }));
}
