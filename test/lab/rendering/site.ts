import { readFile } from 'node:fs/promises';
import { parseInventory } from '../../../src/core/inventory/parse';
import type { ReplicationSite } from '../../../src/core/schemes/replication/site';
import { writeInventory } from '../operator';
import type { ProfileName } from '../site';

/** The lab's site as the product understands its inventory. */
export async function labSite(profile: ProfileName): Promise<ReplicationSite> {
  const file = await writeInventory(profile);
  return siteOf(file, await readFile(file, 'utf8'));
}

/** @throws Error with what the product finds when the text holds no usable site. */
export function siteOf(file: string, text: string): ReplicationSite {
  const { sites, findings } = parseInventory(file, text);
  const [site] = sites;
  if (site === undefined) throw new Error(findings.map(({ message }) => message).join('\n'));
  return site;
}
