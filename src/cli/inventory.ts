import { readFile } from 'node:fs/promises';
import type { Finding } from '../core/findings/finding';
import { parseInventory } from '../core/inventory/parse';
import type { Site } from '../core/inventory/site';
import { UsageError } from './exitCodes';
import type { Options } from './args';

export interface ReadInventory {
  readonly file: string;
  readonly text: string;
  readonly sites: readonly Site[];
  readonly findings: readonly Finding[];
}

/** @throws UsageError when the file can't be read. */
export async function readInventory({ inventory }: Options): Promise<ReadInventory> {
  let text: string;
  try {
    text = await readFile(inventory, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${inventory} can't be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const { sites, findings } = parseInventory(inventory, text);
  return { file: inventory, text, sites, findings };
}

/** The site that was asked for, or the only one. @throws UsageError */
export async function chooseSite(options: Options): Promise<Site> {
  const { sites, findings, file } = await readInventory(options);
  const named = options.site === undefined ? sites : sites.filter((site) => site.name === options.site);
  const [site, ...others] = named;
  if (site === undefined) {
    const why = findings.find((finding) => finding.severity === 'error');
    throw new UsageError(
      options.site === undefined
        ? `${file} has no site that can be used${why ? `: ${why.message}` : ''}`
        : `${file} has no usable site ${options.site}; it has ${sites.map((one) => one.name).join(', ') || 'none'}`,
    );
  }
  if (others.length > 0) {
    throw new UsageError(`which site? --site ${named.map((one) => one.name).join(' or ')}`);
  }
  return site;
}
