import type { Finding } from '../findings/finding';
import { findingOf } from '../findings/rule';
import type { InventoryDocument } from './document';
import { placeAt } from './entry';
import type { SiteEntry } from './entry';
import { STRUCTURE } from './structure';
import { nearest } from './nearest';

/** Keys at the top of a file. */
export const TOP_KEYS = ['version', 'sites'] as const;
export const INVENTORY_VERSION = 1;

/** What stands above the sites, and the sites as they stand. */
export function readHead(document: InventoryDocument): { findings: Finding[]; entries: SiteEntry[] } {
  const { value } = document;
  if (value === undefined || value === null) {
    const silent = document.problems.length > 0;
    return {
      findings: silent ? [] : [missing(document, 'version'), missing(document, 'sites')],
      entries: [],
    };
  }
  if (!isRecord(value)) {
    const message = 'an inventory has the keys version and sites';
    return {
      findings: [findingOf(STRUCTURE['wrong-type'], { where: placeAt(document, []), message })],
      entries: [],
    };
  }
  const findings = [...unknownKeys(document, value), ...versionFindings(document, value['version'])];
  const sites = value['sites'];
  if (sites === undefined || sites === null) {
    return { findings: [...findings, missing(document, 'sites')], entries: [] };
  }
  if (!isRecord(sites)) {
    const where = placeAt(document, ['sites']);
    const message = 'sites holds the name of each site as a key';
    return { findings: [...findings, findingOf(STRUCTURE['wrong-type'], { where, message })], entries: [] };
  }
  const entries = Object.entries(sites).map(([name, site]) => ({
    document,
    name,
    path: ['sites', name],
    value: site,
  }));
  return { findings, entries };
}

function versionFindings(document: InventoryDocument, version: unknown): Finding[] {
  if (version === INVENTORY_VERSION) return [];
  if (version === undefined || version === null) return [missing(document, 'version')];
  const where = placeAt(document, ['version']);
  const message = `the version of this inventory is not ${INVENTORY_VERSION}, the one that is known here`;
  return [findingOf(STRUCTURE.version, { where, message })];
}

function missing(document: InventoryDocument, key: (typeof TOP_KEYS)[number]): Finding {
  const at = document.text.startsWith('\uFEFF') ? 1 : 0;
  const title = `Add version: ${INVENTORY_VERSION}`;
  const edits = [{ range: { start: at, end: at }, newText: `version: ${INVENTORY_VERSION}\n` }];
  const canInsert = key === 'version' && !document.has(['version']);
  return findingOf(STRUCTURE['missing-key'], {
    where: placeAt(document, [key], 'key'),
    message: `${key} is missing`,
    ...(canInsert ? { fix: { title, edits } } : {}),
  });
}

function unknownKeys(document: InventoryDocument, value: Readonly<Record<string, unknown>>): Finding[] {
  const known: readonly string[] = TOP_KEYS;
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const meant = nearest(
        key,
        known.filter((candidate) => !Object.hasOwn(value, candidate)),
      );
      const range = document.rangeOf([key], 'key');
      return findingOf(STRUCTURE['unknown-key'], {
        where: placeAt(document, [key], 'key'),
        message: `the key ${JSON.stringify(key.slice(0, 80))} is not known here${meant === undefined ? '' : `; did you mean ${meant}?`}`,
        ...(meant === undefined
          ? {}
          : { fix: { title: `Rename to ${meant}`, edits: [{ range, newText: meant }] } }),
      });
    });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
