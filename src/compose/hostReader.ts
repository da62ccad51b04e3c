import { observeSite } from '../adapters/probe/observe';
import type { HostSessionsOptions } from '../adapters/ssh/sessions';
import type { AskedHosts, InventoryDraft } from '../core/inventory/fromHosts/asked';
import type { SiteObservation } from '../core/observe/host';
import type { Clock } from '../core/ports';
import { osOf, readHost } from '../core/schemes/replication/fromHosts/hosts';
import { inventoryFromHosts } from '../core/schemes/replication/fromHosts/inventory';
import { probesToRead, siteToRead } from '../core/schemes/replication/fromHosts/siteToRead';
import type { OsFamily } from '../core/schemes/replication/site';
import { SiteConnections } from './siteConnections';

/** Reads hosts that no inventory names yet. Its connections are its own, and end with the reading. */
export class LiveHostReader {
  constructor(
    private readonly options: () => HostSessionsOptions,
    private readonly clock: Clock,
  ) {}

  /** What a host does never rejects: what it doesn't tell is left open in the text. Changes nothing on them. */
  async inventoryOf(asked: AskedHosts): Promise<InventoryDraft> {
    const connections = new SiteConnections(this.options);
    try {
      const seen = await this.observe(connections, asked, 'debian');
      const [first] = asked.controllers;
      // MySQL's socket is elsewhere there: it is asked again where it is.
      const rhel = osOf(readHost(first, seen.hosts[first.name])).value === 'rhel';
      return inventoryFromHosts(asked, rhel ? await this.observe(connections, asked, 'rhel') : seen);
    } finally {
      await connections.close();
    }
  }

  private observe(connections: SiteConnections, asked: AskedHosts, os: OsFamily): Promise<SiteObservation> {
    const site = siteToRead(asked, os);
    const { sessions, sql } = connections.of(site);
    return observeSite(site.name, probesToRead(site), { sessions, sql, clock: this.clock });
  }
}
