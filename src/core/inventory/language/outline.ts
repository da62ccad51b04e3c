import type { InventoryPath, TextRange } from '../../findings/finding';
import type { InventoryDocument } from '../document';

export interface OutlineItem {
  readonly name: string;
  readonly detail: string;
  readonly kind: 'site' | 'host' | 'section' | 'value';
  readonly range: TextRange;
  /** Of the name alone; inside of `range`. */
  readonly selection: TextRange;
  readonly children: readonly OutlineItem[];
}

/** Below a site: its keys, their keys, and the hosts'. */
const MAX_DEPTH = 4;

/** Sites with what they hold, in the text's order. Works for what is there, however much is missing. */
export function outlineOf(document: InventoryDocument): OutlineItem[] {
  const { value } = document;
  const sites = isRecord(value) ? value['sites'] : undefined;
  return isRecord(sites)
    ? Object.entries(sites).map(([name, site]) => itemOf(document, ['sites', name], name, site))
    : [];
}

function itemOf(document: InventoryDocument, path: InventoryPath, name: string, value: unknown): OutlineItem {
  const depth = path.length - 2;
  const entries = isRecord(value) && depth < MAX_DEPTH ? Object.entries(value) : [];
  const selection = document.rangeOf(path, 'key');
  return {
    name: name === '' ? '""' : name,
    detail: detailOf(value),
    kind: kindOf(path, value),
    range: whole(selection, document.rangeOf(path, 'entry')),
    selection,
    children: entries.map(([key, below]) => itemOf(document, [...path, key], key, below)),
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
