import { access } from 'node:fs/promises';
import path from 'node:path';
import { hostAssetsIn } from '../../compose/hostAssets';
import { MANIFEST_NAME, treeManifest } from '../../core/deploy/manifest';
import type { Site } from '../../core/inventory/site';
import { schemeOf } from '../../core/schemes/registry';
import type { HostAssets, RenderedFile } from '../../core/schemes/scheme';
import type { Options } from '../args';
import { EXIT } from '../exitCodes';
import { chooseSite, needUsable, readInventory, unusableSites } from '../inventory';
import { writeInTree } from '../output';

interface Written {
  readonly files: { file: string; mode: string; owner: string }[];
  readonly documents: string[];
  readonly manifests: string[];
}

/**
 * Writes `OUT/<site>/<host>/<path on the host>`, and beside the hosts the site's documents and its manifest. Secrets stand
 * in all of them as visible references. Exit code 1 also when a site of the inventory can't be used: the others are written.
 */
export async function render(options: Options): Promise<number> {
  const { sites, leftOut } = await wantedSites(options);
  const out = options.out ?? 'generated';
  // The bundle stands beside them.
  const assets = await hostAssetsIn(__dirname);
  const written: Written = { files: [], documents: [], manifests: [] };
  for (const site of sites) await renderSite(site, path.join(out, site.name), assets, options.group, written);
  tell(written, options.json);
  for (const why of leftOut) console.error(`Not rendered: ${why}`);
  if (leftOut.length > 0) {
    console.error(
      `What ${out} has of them is from before.\nNext: mend them; cli.js check tells all findings.`,
    );
  }
  return leftOut.length === 0 && countOf(written) > 0 ? EXIT.done : EXIT.failed;
}

/** @returns `leftOut`: why sites that are wanted, too, can't be used. @throws UsageError when none can */
async function wantedSites(
  options: Options,
): Promise<{ readonly sites: readonly Site[]; readonly leftOut: readonly string[] }> {
  if (options.site !== undefined) return { sites: [await chooseSite(options)], leftOut: [] };
  const read = await readInventory(options);
  needUsable(read);
  return { sites: read.sites, leftOut: unusableSites(read) };
}

function countOf({ files, documents }: Written): number {
  return files.length + documents.length;
}

async function renderSite(
  site: Site,
  folder: string,
  assets: HostAssets,
  group: string | undefined,
  written: Written,
): Promise<void> {
  const scheme = schemeOf(site);
  const files = scheme.files(site, assets);
  const wanted = (one: { readonly group: string }) => group === undefined || one.group === group;
  for (const one of files.filter(wanted)) {
    const file = inTree(folder, one);
    await put(file, one.content, written);
    written.files.push({ file, mode: one.mode, owner: one.owner });
  }
  for (const { name, content } of (scheme.documents?.(site) ?? []).filter(wanted)) {
    written.documents.push(await put(path.join(folder, name), content, written));
  }
  // Of one group the others may be there from before: the manifest tells of all that stand in the tree.
  const standing: RenderedFile[] = [];
  for (const one of files) if (await exists(inTree(folder, one))) standing.push(one);
  if (standing.length > 0) {
    const manifest = treeManifest(site.name, standing);
    written.manifests.push(await put(path.join(folder, MANIFEST_NAME), manifest, written));
  }
}

function inTree(folder: string, { host, path: below }: RenderedFile): string {
  return path.join(folder, host, below);
}

async function put(file: string, content: string, before: Written): Promise<string> {
  await writeInTree(
    file,
    content,
    () => `No host was asked. ${countOf(before)} files were written before it: the tree is not whole.`,
  );
  return file;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Documents and manifests belong to no host: they have neither mode nor owner there. */
function tell({ files, documents, manifests }: Written, json: boolean): void {
  if (json) {
    console.log(JSON.stringify({ files, documents, manifests }));
    return;
  }
  for (const { file, mode, owner } of files) console.log(`${mode} ${owner} ${file}`);
  for (const file of [...documents, ...manifests]) console.log(`- - ${file}`);
}
