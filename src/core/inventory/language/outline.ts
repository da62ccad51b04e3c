import type { InventoryPath, TextRange } from '../../findings/finding';
import type { InventoryDocument } from '../document';
import type { RangePart } from '../tree';

/** Ranges count from the beginning of their site. */
export interface OutlineItem {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'site' | 'host' | 'section' | 'value';
  readonly range: TextRange;
  /** Of the name alone; inside of `range`. */
  readonly selection: TextRange;
  readonly children: readonly OutlineItem[];
}

/** An unchanged site is the same item again, wherever the lines above have moved it. */
export interface SiteOutline {
  /** Where the site begins in the text. */
  readonly start: number;
  readonly item: OutlineItem;
}

/** Below a site: its keys, their keys, and the hosts'. */
const MAX_DEPTH = 4;

/** By the site's value: one that did not change is the same object (`readDocument`). */
const kept = new WeakMap<object, { readonly name: string; readonly item: OutlineItem }>();

/** Sites with what they hold, in the text's order. Works for what is there, however much is missing. */
export function outlineOf(document: InventoryDocument): SiteOutline[] {
  const { value } = document;
  const sites = isRecord(value) ? value['sites'] : undefined;
  return isRecord(sites)
    ? Object.entries(sites).map(([name, site]) => siteOutline(document, name, site))
    : [];
}

function siteOutline(document: InventoryDocument, name: string, site: unknown): SiteOutline {
  const path = ['sites', name];
  const { start } = document.rangeOf(path, 'key');
  const before = isRecord(site) ? kept.get(site) : undefined;
  // Two names may share a value: an alias.
  if (before?.name === name) return { start, item: before.item };
  const item = itemOf({ document, start }, path, name, site);
  if (isRecord(site)) kept.set(site, { name, item });
  return { start, item };
}

interface Origin {
  readonly document: InventoryDocument;
  readonly start: number;
}

function itemOf(origin: Origin, path: InventoryPath, name: string, value: unknown): OutlineItem {
  const depth = path.length - 2;
  const entries = isRecord(value) && depth < MAX_DEPTH ? Object.entries(value) : [];
  const range = (part: RangePart): TextRange => {
    const { start, end } = origin.document.rangeOf(path, part);
    return { start: start - origin.start, end: end - origin.start };
  };
  const selection = range('key');
  return {
    name: name === '' ? '""' : name,
    detail: detailOf(value),
    kind: kindOf(path, value),
    range: whole(selection, range('entry')),
    selection,
    children: entries.map(([key, below]) => itemOf(origin, [...path, key], key, below)),
  };
}

function whole(selection: TextRange, entry: TextRange): TextRange {
  return { start: Math.min(selection.start, entry.start), end: Math.max(selection.end, entry.end) };
}

function kindOf(path: InventoryPath, value: unknown): OutlineItem['kind'] {
  if (path.length === 2) return 'site';
  const host =
    (path.length === 4 && path[2] === 'controllers') || (path.length === 3 && path[2] === 'prometheus');
  if (host) return 'host';
  return typeof value === 'object' && value !== null ? 'section' : 'value';
}

/** A value itself; of a map what tells it apart. */
function detailOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? '1 item' : `${value.length} items`;
  if (!isRecord(value)) return value === null || value === undefined ? '' : String(value).slice(0, 80);
  const told = ['scheme', 'name', 'address', 'vip', 'secret', 'user'].map((key) => value[key]);
  return told
    .filter((one) => typeof one === 'string')
    .join(' · ')
    .slice(0, 80);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
