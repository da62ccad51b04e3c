import { observeSite } from '../adapters/probe/observe';
import type { Finding } from '../core/findings/finding';
import type { Site } from '../core/inventory/site';
import type { SiteObservation } from '../core/observe/host';
import type { Clock } from '../core/ports';
import { schemeOf } from '../core/schemes/registry';
import type { HostAssets, RenderedFile } from '../core/schemes/scheme';
import type { TopologyNode } from '../core/topology/node';
import type { SiteConnections } from './siteConnections';

/** A site as it is now: what was read, and what it means. */
export interface LiveState {
  readonly site: string;
  readonly atMs: number;
  readonly topology: TopologyNode;
  readonly findings: readonly Finding[];
}

/** Real hosts behind the core's judgement. */
export class LiveSites {
  constructor(
    private readonly connections: SiteConnections,
    private readonly clock: Clock,
    /** The product's own on-host files. Absent: where nothing is rendered. */
    private readonly assets: () => Promise<HostAssets> = () => Promise.resolve({}),
  ) {}

  /** Raw facts. What a host does never rejects: it is unknown, with its reason. */
  observation(site: Site): Promise<SiteObservation> {
    const { sessions, sql } = this.connections.of(site);
    return observeSite(site.name, schemeOf(site).probes(site), { sessions, sql, clock: this.clock });
  }

  async observe(site: Site): Promise<LiveState> {
    const scheme = schemeOf(site);
    const observation = await this.observation(site);
    const findings = scheme.findings(site, observation);
    const topology = scheme.topology(site, observation, findings);
    return { site: site.name, atMs: observation.atMs, topology, findings };
  }

  async files(site: Site): Promise<readonly RenderedFile[]> {
    return schemeOf(site).files(site, await this.assets());
  }

  /** @throws RangeError for an operation that the scheme doesn't have. */
  async targets(
    site: Site,
    operation: string,
  ): Promise<readonly { readonly host: string; readonly label: string; readonly detail: string }[]> {
    const found = schemeOf(site).operations.find(({ id }) => id === operation);
    if (!found) {
      throw new RangeError(`${site.scheme} has no operation ${operation}`);
    }
    return found.targets(site, await this.observation(site));
  }

  disconnect(): Promise<void> {
    return this.connections.close();
  }
}
