import { observeSite } from '../adapters/probe/observe';
import type { Finding } from '../core/findings/finding';
import { seenHosts } from '../core/inventory/language/seen';
import type { SeenHost } from '../core/inventory/language/seen';
import type { Site } from '../core/inventory/site';
import type { SiteObservation } from '../core/observe/host';
import type { FileComparison } from '../core/deploy/compare';
import type { Clock, SecretStore } from '../core/ports';
import { schemeOf } from '../core/schemes/registry';
import type { HostAssets, RenderedFile, SiteDocument } from '../core/schemes/scheme';
import type { TopologyNode } from '../core/topology/node';
import type { SiteConnections } from './siteConnections';
import { SiteFiles } from './siteFiles';

/** A site as it is now: what was read, and what it means. */
export interface LiveState {
  readonly site: string;
  readonly atMs: number;
  readonly topology: TopologyNode;
  readonly findings: readonly Finding[];
  readonly seen: readonly SeenHost[];
}

/** Real hosts behind the core's judgement. */
export class LiveSites {
  private readonly siteFiles: SiteFiles;
  private readonly listeners = new Set<(observation: SiteObservation) => void>();

  constructor(
    private readonly connections: SiteConnections,
    private readonly clock: Clock,
    /** The product's own on-host files. Absent: where nothing is rendered. */
    assets: () => Promise<HostAssets> = () => Promise.resolve({}),
    /** Compared with what hosts have, never shown. */
    secrets: SecretStore = { get: () => Promise.resolve(undefined) },
  ) {
    this.siteFiles = new SiteFiles(connections, clock, assets, secrets);
  }

  /** Raw facts. What a host does never rejects: it is unknown, with its reason. */
  async observation(site: Site): Promise<SiteObservation> {
    const { clock } = this;
    const observation = await this.connections.use(site, ({ sessions, sql }) =>
      observeSite(site.name, schemeOf(site).probes(site), { sessions, sql, clock }),
    );
    for (const listener of [...this.listeners]) listener(observation);
    return observation;
  }

  /** Each observation of any site, whoever asked for it. */
  onObservation(listener: (observation: SiteObservation) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => void this.listeners.delete(listener) };
  }

  async observe(site: Site): Promise<LiveState> {
    const scheme = schemeOf(site);
    const observation = await this.siteFiles.withDrift(site, await this.observation(site));
    const findings = scheme.findings(site, observation);
    const topology = scheme.topology(site, observation, findings);
    return { site: site.name, atMs: observation.atMs, topology, findings, seen: seenHosts(observation) };
  }

  files(site: Site): Promise<readonly RenderedFile[]> {
    return this.siteFiles.rendered(site);
  }

  documents(site: Site): Promise<readonly SiteDocument[]> {
    return Promise.resolve(schemeOf(site).documents?.(site) ?? []);
  }

  /** Every rendered file beside what its host has, without a secret on either side. */
  compareFiles(site: Site): Promise<readonly FileComparison[]> {
    return this.siteFiles.compare(site);
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
