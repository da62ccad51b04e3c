import type { TextRange } from '../../findings/finding';
import type { ResolvedSite } from '../../schemes/registry';
import type { InventoryDocument } from '../document';
import { electionOf } from './election';

/** A line above a key: commands of a site, or what keepalived will do. */
export type Lens =
  | { readonly kind: 'site'; readonly site: string; readonly usable: boolean; readonly at: TextRange }
  | { readonly kind: 'election'; readonly site: string; readonly line: string; readonly at: TextRange };

/** In the text's order. `usable`: the site has no error, so that its commands can run. */
export function lensesOf(document: InventoryDocument, sites: readonly ResolvedSite[]): Lens[] {
  const byName = new Map(sites.map((site) => [site.name, site]));
  const { value } = document;
  const all = isRecord(value) && isRecord(value['sites']) ? Object.keys(value['sites']) : [];
  return all.flatMap((name): Lens[] => {
    const path = ['sites', name];
    const site = byName.get(name);
    const own: Lens = {
      kind: 'site',
      site: name,
      usable: site !== undefined,
      at: document.rangeOf(path, 'key'),
    };
    if (site === undefined) return [own];
    const key = ['keepalived', 'controllers'].find((one) => document.has([...path, one])) ?? 'vip';
    const at = document.rangeOf([...path, key], 'key');
    return [own, { kind: 'election', site: name, line: electionOf(site).line, at }];
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
