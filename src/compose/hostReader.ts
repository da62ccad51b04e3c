import { observeSite } from '../adapters/probe/observe';
import type { HostSessionsOptions } from '../adapters/ssh/sessions';
import type { AskedHosts, InventoryDraft } from '../core/inventory/fromHosts/asked';
import type { Site } from '../core/inventory/site';
import type { HostAccess } from '../core/operate/hostAccess';
import type { SiteObservation } from '../core/observe/host';
import type { Clock } from '../core/ports';
import type { HostReading } from '../core/schemes/scheme';
import { SiteConnections } from './siteConnections';

/** Reads hosts that no inventory names yet. Its connections are its own, and end with the reading. */
export class LiveHostReader<S extends Site> {
  constructor(
    private readonly reading: HostReading<S>,
    private readonly options: () => HostSessionsOptions,
    private readonly clock: Clock,
    private readonly access: HostAccess,
  ) {}

  /** What a host does never rejects: what it doesn't tell is left open in the text. Changes nothing on them. */
  async inventoryOf(asked: AskedHosts): Promise<InventoryDraft> {
    const connections = new SiteConnections(this.options, this.access);
    try {
      const seen = await this.observe(connections, this.reading.site(asked));
      const more = this.reading.again(asked, seen);
      const all = more === undefined ? seen : await this.observe(connections, more);
      return this.reading.inventory(asked, all);
    } finally {
      await connections.close();
    }
  }

  private observe(connections: SiteConnections, site: S): Promise<SiteObservation> {
    return connections.use(site, ({ sessions, sql }) =>
      observeSite(site.name, this.reading.probes(site), { sessions, sql, clock: this.clock }),
    );
  }
}
