import type { FindingPlace, InventoryPath } from '../findings/finding';
import type { InventoryDocument } from './document';
import type { RangePart } from './tree';

/** One site as it stands in a file, before its scheme has looked at it. */
export interface SiteEntry {
  readonly document: InventoryDocument;
  readonly name: string;
  /** Of the site, from the document's root. */
  readonly path: InventoryPath;
  readonly value: unknown;
}

/** A place below a site (or the site itself), with its range in the text. */
export function placeIn(entry: SiteEntry, below: InventoryPath, part: RangePart = 'value'): FindingPlace {
  return placeAt(entry.document, [...entry.path, ...below], part);
}

export function placeAt(
  document: InventoryDocument,
  path: InventoryPath,
  part: RangePart = 'value',
): FindingPlace {
  return { kind: 'inventory', file: document.file, path, at: document.rangeOf(path, part) };
}
