import type * as z from 'zod/mini';
import type { Finding, InventoryPath } from '../findings/finding';
import { runRules } from '../findings/rule';
import type { Rule } from '../findings/rule';
import type { SiteEntry } from './entry';
import { movedFinding } from './moved';
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
  const judged = entries.map((entry) => judgedOnce(reader, entry));
  const drafts = judged.map(({ draft }) => draft);
  const findings = judged.flatMap((one) => one.findings);
  findings.push(...runRules(reader.setRules, drafts));
  const bad = new Set(findings.filter((finding) => finding.severity === 'error').map(siteKey));
  const sites = drafts.flatMap((draft) => {
    const { document, path } = draft.entry;
    const site = bad.has(placeKey(document.file, path)) ? undefined : resolvedOnce(reader, draft);
    return site === undefined ? [] : [site];
  });
  return { sites, findings };
}

interface Judged<Input> {
  readonly draft: SiteDraft<Input>;
  readonly findings: readonly Finding[];
}

/** What was said of a site. Holds no entry: its document would stay in memory with it. */
interface Judgement {
  readonly reader: unknown;
  readonly file: string;
  readonly name: string;
  readonly start: number;
  readonly value: unknown;
  readonly findings: readonly Finding[];
  site: Site | undefined;
}

/** By the site's value: one that did not change is the same object (`readDocument`). */
const judgements = new WeakMap<object, Judgement>();

/** Schema and rules on one site; not again while it stands as it was, wherever the lines above have moved it. */
function judgedOnce<Input, S extends Site>(reader: SiteReader<Input, S>, entry: SiteEntry): Judged<Input> {
  const { value, document, name } = entry;
  const { file } = document;
  if (typeof value !== 'object' || value === null) return judge(reader, entry);
  const { start } = document.rangeOf(entry.path, 'key');
  const before = judgements.get(value);
  if (before?.reader !== reader || before.file !== file || before.name !== name) {
    const fresh = judge(reader, entry);
    judgements.set(value, {
      reader,
      file,
      name,
      start,
      value: fresh.draft.value,
      findings: fresh.findings,
      site: undefined,
    });
    return fresh;
  }
  return {
    draft: { entry, name, value: before.value as Draft<Input> },
    findings: before.findings.map((finding) => movedFinding(finding, start - before.start)),
  };
}

/** The same object while nothing about the site changes: what is made of it can be kept as well. */
function resolvedOnce<Input, S extends Site>(
  reader: SiteReader<Input, S>,
  draft: SiteDraft<Input>,
): S | undefined {
  const { value } = draft.entry;
  const judgement = typeof value === 'object' && value !== null ? judgements.get(value) : undefined;
  if (judgement === undefined) return reader.resolve(draft);
  return (judgement.site ??= reader.resolve(draft)) as S | undefined;
}

function judge<Input, S extends Site>(reader: SiteReader<Input, S>, entry: SiteEntry): Judged<Input> {
  const known = knownKeysOf(reader.schema);
  const issues = reader.schema.safeParse(entry.value).error?.issues ?? [];
  const value = issues.reduce<unknown>((rest, issue) => without(rest, issue), entry.value);
  const draft: SiteDraft<Input> = { entry, name: entry.name, value: (value ?? {}) as Draft<Input> };
  const findings = issues.flatMap((issue) => findingsOfIssue(entry, issue, known));
  return { draft, findings: [...findings, ...runRules(reader.rules, draft)] };
}

function siteKey({ where }: Finding): string {
  return where.kind === 'inventory' ? placeKey(where.file, where.path) : '';
}

function placeKey(file: string, path: InventoryPath): string {
  return `${file}\n${path.slice(0, 2).join('\n')}`;
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
