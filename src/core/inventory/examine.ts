import type * as z from 'zod/mini';
import type { Finding, InventoryPath } from '../findings/finding';
import { runRules } from '../findings/rule';
import type { Rule } from '../findings/rule';
import type { SiteEntry } from './entry';
import { findingsOfIssue } from './issues';
import { knownKeysOf } from './knownKeys';
import type { Site } from './site';

/** Every part may be missing: what stands there is valid by itself. */
export type Draft<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Draft<T[K]> }
    : T;

/** A site whose invalid values were taken out: rules judge what is left. */
export interface SiteDraft<Input> {
  readonly entry: SiteEntry;
  readonly name: string;
  readonly value: Draft<Input>;
}

/** How a scheme reads its sites. `Input` is the YAML's shape, `S` the resolved one. */
export interface SiteReader<Input, S extends Site> {
  readonly schema: z.ZodMiniType<unknown, Input>;
  readonly rules: readonly Rule<SiteDraft<Input>>[];
  /** Rules over all sites at once. */
  readonly setRules: readonly Rule<readonly SiteDraft<Input>[]>[];
  /** Fills the defaults in; called for a draft without errors only. */
  resolve(draft: SiteDraft<Input>): S | undefined;
}

export interface Examined<S extends Site> {
  /** Sites without an error: only these may be used. */
  readonly sites: readonly S[];
  readonly findings: readonly Finding[];
}

export function examine<Input, S extends Site>(
  reader: SiteReader<Input, S>,
  entries: readonly SiteEntry[],
): Examined<S> {
  const known = knownKeysOf(reader.schema);
  const findings: Finding[] = [];
  const drafts = entries.map((entry): SiteDraft<Input> => {
    const issues = reader.schema.safeParse(entry.value).error?.issues ?? [];
    for (const issue of issues) findings.push(...findingsOfIssue(entry, issue, known));
    const value = issues.reduce<unknown>((rest, issue) => without(rest, issue), entry.value);
    return { entry, name: entry.name, value: (value ?? {}) as Draft<Input> };
  });
  for (const draft of drafts) findings.push(...runRules(reader.rules, draft));
  findings.push(...runRules(reader.setRules, drafts));
  const bad = new Set(findings.filter((finding) => finding.severity === 'error').map(siteKey));
  const sites = drafts.flatMap((draft) => {
    const { document, path } = draft.entry;
    const site = bad.has(placeKey(document.file, path)) ? undefined : reader.resolve(draft);
    return site === undefined ? [] : [site];
  });
  return { sites, findings };
}

function siteKey({ where }: Finding): string {
  return where.kind === 'inventory' ? placeKey(where.file, where.path) : '';
}

function placeKey(file: string, path: InventoryPath): string {
  return JSON.stringify([file, ...path.slice(0, 2)]);
}

/** A copy without what the issue is about. */
function without(value: unknown, issue: z.core.$ZodIssue): unknown {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
  return keys.reduce<unknown>(
    (rest, key) => remove(rest, key === undefined ? issue.path : [...issue.path, key]),
    value,
  );
}

function remove(value: unknown, path: readonly PropertyKey[]): unknown {
  const [key, ...below] = path;
  if (key === undefined || typeof value !== 'object' || value === null) return undefined;
  // A list with a bad item is left out whole: what remained of it would stand at other places than in the text.
  if (Array.isArray(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, item]): [string, unknown][] => {
      if (name !== key) return [[name, item]];
      return below.length === 0 ? [] : [[name, remove(item, below)]];
    }),
  );
}
