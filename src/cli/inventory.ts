import { readFile } from 'node:fs/promises';
import type { Finding } from '../core/findings/finding';
import { PATTERNS } from '../core/inventory/allow';
import { parseInventory } from '../core/inventory/parse';
import type { Site } from '../core/inventory/site';
import { UsageError } from './exitCodes';
import type { Options } from './args';
import { valueWithin } from './lines';

export interface ReadInventory {
  readonly file: string;
  readonly text: string;
  /** Those without an error. */
  readonly sites: readonly Site[];
  /** Names of all sites that stand in the text, usable or not. */
  readonly named: readonly string[];
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
  const { sites, findings, named } = parseInventory(inventory, text);
  return { file: inventory, text, sites, findings, named: named.map(({ name }) => name) };
}

/**
 * The site that was asked for, or the only one that stands in the text: an error in one never makes the choice of another.
 * @throws UsageError
 */
export async function chooseSite(options: Options): Promise<Site> {
  const read = await readInventory(options);
  const wanted = options.site ?? onlyName(read);
  const site = read.sites.find(({ name }) => name === wanted);
  if (site !== undefined) return site;
  throw new UsageError(
    read.named.includes(wanted)
      ? withCheck([unusable(read, wanted)])
      : [`${read.file} has no site ${shown(wanted)}; ${has(read)}`, ...errorsAbove(read, 1)].join('\n'),
  );
}

/** Why each site that stands in the text and can't be used can't be: its first error with its place, a line each. */
export function unusableSites(read: ReadInventory): string[] {
  const usable = new Set(read.sites.map(({ name }) => name));
  return read.named.filter((name) => !usable.has(name)).map((name) => unusable(read, name));
}

/** @throws UsageError where no site can be used; it says why. */
export function needUsable(read: ReadInventory): void {
  if (read.sites.length > 0) return;
  const why = read.named.length > 0 ? unusableSites(read) : errorsAbove(read, 1);
  throw new UsageError(withCheck([`${read.file} has no site that can be used`, ...why]));
}

function onlyName(read: ReadInventory): string {
  needUsable(read);
  const [name, ...others] = read.named;
  if (name !== undefined && others.length === 0) return name;
  const question = `which site? --site ${read.named.map(shown).join(' or ')}`;
  const why = unusableSites(read);
  throw new UsageError(why.length === 0 ? question : withCheck([question, ...why]));
}

function unusable(read: ReadInventory, name: string): string {
  const own = read.findings.filter(
    ({ where }) => where.kind === 'inventory' && where.path[0] === 'sites' && where.path[1] === name,
  );
  const error = own.find(({ severity }) => severity === 'error');
  if (error !== undefined) {
    return `${shown(name)} has errors and can't be used; the first: ${placed(read, error)}`;
  }
  // A broken text makes all its sites unusable; a scheme that is not supported yet is said as a warning.
  const why = errorsAbove(read, 0)[0] ?? own.map((finding) => placed(read, finding))[0];
  return `${shown(name)} can't be used${why === undefined ? '' : `: ${why}`}`;
}

/** Errors of no site, with their places. @param depth how many keys their paths may have: none is the text itself */
function errorsAbove(read: ReadInventory, depth: 0 | 1): string[] {
  return read.findings
    .filter(
      ({ severity, where }) =>
        severity === 'error' && where.kind === 'inventory' && where.path.length <= depth,
    )
    .map((finding) => placed(read, finding));
}

function placed({ file, text }: ReadInventory, { where, message }: Finding): string {
  const at = where.kind === 'inventory' && where.at ? `:${valueWithin(text, where.at.start)}` : '';
  return `${file}${at}: ${message}`;
}

function has({ named }: ReadInventory): string {
  return `it has ${named.map(shown).join(', ') || 'none'}`;
}

function withCheck(lines: readonly string[]): string {
  return [...lines, 'All findings: cli.js check'].join('\n');
}

/** A name that is none may hold anything, what a terminal obeys as well. */
function shown(name: string): string {
  return PATTERNS.siteName.test(name) ? name : JSON.stringify(name.slice(0, 80));
}
