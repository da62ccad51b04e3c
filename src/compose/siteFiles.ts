import { createHash } from 'node:crypto';
import { readHostFiles } from '../adapters/files/readHostFiles';
import { compareFile, type FileComparison } from '../core/deploy/compare';
import type { FileDrift } from '../core/deploy/drift';
import type { Site } from '../core/inventory/site';
import { known } from '../core/observe/fact';
import type { HostObservation, SiteObservation } from '../core/observe/host';
import { secretNames } from '../core/plan/placeholders';
import type { Clock, SecretStore } from '../core/ports';
import { schemeOf } from '../core/schemes/registry';
import type { HostAssets, RenderedFile } from '../core/schemes/scheme';
import type { SiteConnections } from './siteConnections';

/** A comparison that holds an `unknown` is made anew after this time. */
const DOUBTFUL_MS = 30_000;

interface Compared {
  /** Of the inventory and of the host's files: while both are the same, so is the comparison. */
  readonly key: string;
  /** Names of the secrets in them, and what these were: a digest, in memory alone. */
  readonly names: readonly string[];
  readonly secrets: string;
  readonly atMs: number;
  readonly drift: readonly FileDrift[];
}

function secretNamesOf(files: readonly RenderedFile[]): string[] {
  return [...new Set(files.flatMap(({ content }) => secretNames(content)))];
}

/** Rendered files beside the hosts' own. Texts are read on demand, and when a digest of the probe has changed. */
export class SiteFiles {
  private readonly last = new Map<string, Compared>();

  constructor(
    private readonly connections: SiteConnections,
    private readonly clock: Clock,
    private readonly assets: () => Promise<HostAssets>,
    private readonly secrets: SecretStore,
  ) {}

  async rendered(site: Site): Promise<readonly RenderedFile[]> {
    return schemeOf(site).files(site, await this.assets());
  }

  /** Every file of every host, in the order of rendering. What a host does never rejects: it is unknown. */
  async compare(site: Site, host?: string): Promise<readonly FileComparison[]> {
    const scheme = schemeOf(site);
    const files = (await this.rendered(site)).filter((file) => host === undefined || file.host === host);
    const values = await this.valuesOf(files);
    const hosts = [...new Set(files.map((file) => file.host))];
    const read = new Map(
      await this.connections.use(site, ({ sessions }) =>
        Promise.all(
          hosts.map(async (name) => {
            const paths = files.filter((file) => file.host === name).map(({ path }) => path);
            return [name, await readHostFiles(sessions, name, paths)] as const;
          }),
        ),
      ),
    );
    return files.map((file) => {
      const onHost = read.get(file.host)?.[file.path];
      return compareFile(
        file,
        scheme.merge(site, file),
        onHost ?? { state: 'unreadable', reason: 'it was not read' },
        (name) => values.get(name),
      );
    });
  }

  /** The same observation, told for each host how its files stand to the inventory. */
  async withDrift(site: Site, observation: SiteObservation): Promise<SiteObservation> {
    const hosts = await Promise.all(
      Object.values(observation.hosts).map(async (seen) => ({
        ...seen,
        ...(await this.driftOf(site, seen)),
      })),
    );
    return { ...observation, hosts: Object.fromEntries(hosts.map((seen) => [seen.host, seen])) };
  }

  private async driftOf(site: Site, seen: HostObservation): Promise<Pick<HostObservation, 'drift'>> {
    // A host that does not answer is a finding of its own.
    if (!seen.reachable.known || !seen.configDigests.known) return {};
    const key = JSON.stringify([site, seen.configDigests.value, seen.configModes]);
    const place = `${site.name}/${seen.host}`;
    let compared = this.last.get(place);
    if (
      compared?.key !== key ||
      this.isDoubtful(compared) ||
      compared.secrets !== (await this.digestOf(compared.names))
    ) {
      const names = secretNamesOf((await this.rendered(site)).filter(({ host }) => host === seen.host));
      const secrets = await this.digestOf(names);
      const drift = (await this.compare(site, seen.host)).map((one) => one.drift);
      compared = { key, names, secrets, atMs: this.clock.nowMs(), drift };
      this.last.set(place, compared);
    }
    return { drift: known(compared.drift, seen.configDigests.atMs, 'compared with the inventory') };
  }

  /** What could not be read is read again, and not only when a file has changed. */
  private isDoubtful({ drift, atMs }: Compared): boolean {
    return drift.some(({ kind }) => kind === 'unknown') && this.clock.nowMs() - atMs > DOUBTFUL_MS;
  }

  private async digestOf(names: readonly string[]): Promise<string> {
    const values = await Promise.all(names.map((name) => this.secrets.get(name)));
    return createHash('sha256').update(JSON.stringify(values)).digest('hex');
  }

  private async valuesOf(files: readonly RenderedFile[]): Promise<ReadonlyMap<string, string | undefined>> {
    const names = secretNamesOf(files);
    return new Map(
      await Promise.all(names.map(async (name) => [name, await this.secrets.get(name)] as const)),
    );
  }
}
