import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hostAssetsIn } from '../../compose/hostAssets';
import { schemeOf } from '../../core/schemes/registry';
import type { Options } from '../args';
import { EXIT, UsageError } from '../exitCodes';
import { readInventory } from '../inventory';

/** Writes `OUT/<site>/<host>/<path on the host>`. Secrets stand in it as visible references. */
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
  const written: { file: string; mode: string; owner: string }[] = [];
  for (const site of chosen) {
    for (const one of schemeOf(site).files(site, assets)) {
      if (options.group !== undefined && one.group !== options.group) continue;
      const file = path.join(out, site.name, one.host, one.path);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, one.content);
      written.push({ file, mode: one.mode, owner: one.owner });
    }
  }
  if (options.json) console.log(JSON.stringify({ files: written }));
  else for (const { file, mode, owner } of written) console.log(`${mode} ${owner} ${file}`);
  return written.length > 0 ? EXIT.done : EXIT.failed;
}
