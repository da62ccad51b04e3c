import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergedText } from '../../../src/core/deploy/merge';
import { fillSecrets } from '../../../src/core/plan/placeholders';
import { sqlQuote } from '../../../src/core/quote';
import { replicationScheme } from '../../../src/core/schemes/replication/scheme';
import type { ReplicationSite } from '../../../src/core/schemes/replication/site';
import type { HostAssets, RenderedFile } from '../../../src/core/schemes/scheme';
import type { Lab } from '../lab';
import { REPOSITORY } from '../places';
import { must } from '../run';
import { isHostName, MYSQL_PASSWORD } from '../site';

/** Every secret of a lab has this value. */
export function withSecrets(text: string): string {
  return fillSecrets(
    text,
    () => sqlQuote(MYSQL_PASSWORD),
    () => MYSQL_PASSWORD,
  );
}

/** What the product renders for this site, its own on-host files as the build makes them. */
export async function renderedFiles(site: ReplicationSite): Promise<readonly RenderedFile[]> {
  return replicationScheme.files(site, await builtAssets());
}

/** Writes every rendered file of the site to its host, as a deployment leaves it. */
export async function putRendered(lab: Lab, site: ReplicationSite): Promise<void> {
  for (const file of await renderedFiles(site)) await putFile(lab, site, file);
}

async function putFile(lab: Lab, site: ReplicationSite, file: RenderedFile): Promise<void> {
  const { host, path, content } = file;
  if (!isHostName(host)) throw new Error(`the lab has no host ${host}`);
  const there = await stat(await lab.pathIn(host, path)).catch(() => undefined);
  const current = there === undefined ? undefined : await lab.read(host, path);
  const merge = replicationScheme.merge(site, file);
  // Mode and owner of a file that others write, too, are theirs.
  const mode =
    file.shared !== undefined && there !== undefined ? there.mode & 0o777 : Number.parseInt(file.mode, 8);
  await lab.put(host, path, mergedText(merge, withSecrets(content), current), mode);
}

/** The product's own on-host files, built from this tree: `dist` may be older. */
export async function builtAssets(): Promise<HostAssets> {
  const folder = await mkdtemp(join(tmpdir(), 'clustercontrol-ha-host-'));
  try {
    await must(process.execPath, [join(REPOSITORY, 'media/host/build.mjs'), folder]);
    const names = await readdir(folder);
    return Object.fromEntries(
      await Promise.all(
        names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
      ),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
