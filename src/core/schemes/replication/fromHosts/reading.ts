import type { HostReading } from '../../scheme';
import type { ReplicationSite } from '../site';
import { osOf, readHost } from './hosts';
import { inventoryFromHosts } from './inventory';
import { probesToRead, siteToRead } from './siteToRead';

/** A running pair, asked as Debian has it first; MySQL's socket is elsewhere on RHEL. */
export const replicationFromHosts: HostReading<ReplicationSite> = {
  site: (asked) => siteToRead(asked, 'debian'),
  again: (asked, { hosts }) => {
    // The first one's distribution is the site's.
    const [first] = asked.controllers;
    return osOf(readHost(first, hosts[first.name])).value === 'rhel' ? siteToRead(asked, 'rhel') : undefined;
  },
  probes: probesToRead,
  inventory: inventoryFromHosts,
};
