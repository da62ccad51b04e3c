import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hostAssetsIn } from '../../compose/hostAssets';
import { MANIFEST_NAME, treeManifest } from '../../core/deploy/manifest';
import type { Site } from '../../core/inventory/site';
import { schemeOf } from '../../core/schemes/registry';
import type { HostAssets, RenderedFile } from '../../core/schemes/scheme';
import type { Options } from '../args';
import { EXIT, UsageError } from '../exitCodes';
import { readInventory } from '../inventory';

interface Written {
  readonly files: { file: string; mode: string; owner: string }[];
  readonly documents: string[];
  readonly manifests: string[];
}

/**
 * Writes `OUT/<site>/<host>/<path on the host>`, and beside the hosts the site's documents and its manifest. Secrets stand
 * in all of them as visible references.
 */
export async function render(options: Options): Promise<number> {
  const { sites, findings } = await readInventory(options);
  const chosen = sites.filter((site) => options.site === undefined || site.name === options.site);
  if (chosen.length === 0) {
    const why = findings.find((finding) => finding.severity === 'error');
    throw new UsageError(`nothing to render${why ? `: ${why.message}` : ''}`);
  }
  const out = options.out ?? 'generated';
  // The bundle stands beside them.
  const assets = await hostAssetsIn(__dirname);
  const written: Written = { files: [], documents: [], manifests: [] };
  for (const site of chosen)
    await renderSite(site, path.join(out, site.name), assets, options.group, written);
  tell(written, options.json);
  return written.files.length + written.documents.length > 0 ? EXIT.done : EXIT.failed;
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
    await put(file, one.content);
    written.files.push({ file, mode: one.mode, owner: one.owner });
  }
  for (const { name, content } of (scheme.documents?.(site) ?? []).filter(wanted)) {
    written.documents.push(await put(path.join(folder, name), content));
  }
  // Of one group the others may be there from before: the manifest tells of all that stand in the tree.
  const standing: RenderedFile[] = [];
  for (const one of files) if (await exists(inTree(folder, one))) standing.push(one);
  if (standing.length > 0) {
    written.manifests.push(await put(path.join(folder, MANIFEST_NAME), treeManifest(site.name, standing)));
  }
}

function inTree(folder: string, { host, path: below }: RenderedFile): string {
  return path.join(folder, host, below);
}

async function put(file: string, content: string): Promise<string> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
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
