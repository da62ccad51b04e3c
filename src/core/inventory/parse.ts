import type { Finding, TextRange, InventoryPath } from '../findings/finding';
import { findingOf } from '../findings/rule';
import { FUTURE_SCHEMES, SCHEMES } from '../schemes/registry';
import type { ResolvedSite } from '../schemes/registry';
import { PATTERNS } from './allow';
import { readDocument } from './document';
import type { InventoryDocument } from './document';
import { insertKey } from './edits';
import { placeAt, placeIn } from './entry';
import type { SiteEntry } from './entry';
import { nearest } from './nearest';
import { readHead } from './head';
import { STRUCTURE } from './structure';
import type { DocumentProblem, RangePart } from './tree';

export interface InventoryText {
  /** Path or URI; it comes back in the findings' places. */
  readonly file: string;
  readonly text: string;
}

export interface ParsedInventory {
  /** Sites without an error. A site with one is not here: nothing may run on it. */
  readonly sites: readonly ResolvedSite[];
  readonly findings: readonly Finding[];
  /** Names of all sites that stand in the texts, with their files, usable or not. */
  readonly named: readonly { readonly name: string; readonly file: string }[];
}

/** One file alone. Never throws, whatever the text is. */
export function parseInventory(
  file: string,
  text: string,
): ParsedInventory & { rangeOf(path: InventoryPath, part?: RangePart): TextRange | undefined } {
  const document = readDocument(file, text);
  return {
    ...parseDocuments([document]),
    rangeOf: (path, part) => (document.has(path) ? document.rangeOf(path, part) : undefined),
  };
}

/** All inventories of a workspace together: names of sites and virtual router ids are compared across files. */
export function parseInventories(texts: readonly InventoryText[]): ParsedInventory {
  return parseDocuments(texts.map(({ file, text }) => readDocument(file, text)));
}

/** Problems and lenses ask for the same documents: those of the workspace as edited and as saved, one alone. */
const kept: { readonly documents: readonly InventoryDocument[]; readonly parsed: ParsedInventory }[] = [];
const MAX_KEPT = 4;

/** Texts that were read already. The same documents give the same object again while it is among the last. */
export function parseDocuments(documents: readonly InventoryDocument[]): ParsedInventory {
  const same = (others: readonly InventoryDocument[]): boolean =>
    others.length === documents.length && others.every((other, index) => other === documents[index]);
  const before = kept.findIndex((one) => same(one.documents));
  const entry = kept.splice(before, before < 0 ? 0 : 1)[0] ?? { documents, parsed: judged(documents) };
  kept.push(entry);
  if (kept.length > MAX_KEPT) kept.shift();
  return entry.parsed;
}

function judged(documents: readonly InventoryDocument[]): ParsedInventory {
  const findings: Finding[] = [];
  const entries: SiteEntry[] = [];
  for (const document of documents) {
    findings.push(...document.problems.map((problem) => problemFinding(document, problem)));
    const head = readHead(document);
    findings.push(...head.findings);
    entries.push(...head.entries);
  }
  const doubled = duplicates(entries);
  findings.push(...doubled.findings);
  findings.push(...entries.flatMap(schemeFindings));
  const broken = new Set(documents.filter((document) => document.problems.length > 0));
  const sites: ResolvedSite[] = [];
  for (const scheme of SCHEMES) {
    const own = entries.filter((entry) => schemeName(entry) === scheme.id);
    const examined = scheme.examine(own);
    findings.push(...examined.findings);
    // A text that is not whole may lack what the site says.
    const usable = new Set(
      own.filter((entry) => !broken.has(entry.document) && !doubled.names.has(entry.name)),
    );
    const names = new Set([...usable].filter(nameIsValid).map(({ name }) => name));
    sites.push(...examined.sites.filter((site) => names.has(site.name)));
  }
  const named = entries.map(({ name, document }) => ({ name, file: document.file }));
  return { sites, findings, named };
}

function problemFinding(document: InventoryDocument, problem: DocumentProblem): Finding {
  return findingOf(STRUCTURE[problem.kind], {
    where: { kind: 'inventory', file: document.file, path: [], at: problem.at },
    message: problem.message,
  });
}

function nameIsValid(entry: SiteEntry): boolean {
  return PATTERNS.siteName.test(entry.name);
}

function duplicates(entries: readonly SiteEntry[]): { names: ReadonlySet<string>; findings: Finding[] } {
  const byName = new Map<string, SiteEntry[]>();
  for (const entry of entries) byName.set(entry.name, [...(byName.get(entry.name) ?? []), entry]);
  const several = [...byName.values()].filter((same) => same.length > 1);
  const findings = several.flatMap((same) =>
    same.map((entry) =>
      findingOf(STRUCTURE['site-name-duplicate'], {
        where: placeIn(entry, [], 'key'),
        message: `the site ${entry.name} stands in more than one place`,
        related: same
          .filter((other) => other !== entry)
          .map((other) => ({ where: placeIn(other, [], 'key'), message: `${other.name} stands here too` })),
      }),
    ),
  );
  return { names: new Set(several.map(([first]) => first?.name ?? '')), findings };
}

function schemeName(entry: SiteEntry): unknown {
  const { value } = entry;
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'scheme')
    ? (value as { scheme: unknown }).scheme
    : undefined;
}

function schemeFindings(entry: SiteEntry): Finding[] {
  const name = schemeName(entry);
  const known = SCHEMES.map(({ id }) => id);
  if (!nameIsValid(entry)) {
    const message = `${JSON.stringify(entry.name.slice(0, 80))} cannot be the name of a site`;
    return [
      findingOf(STRUCTURE['site-name-invalid'], {
        where: placeAt(entry.document, entry.path, 'key'),
        message,
      }),
    ];
  }
  if (known.some((id) => id === name)) return [];
  if (typeof name !== 'string') {
    const where = placeIn(entry, name === undefined ? [] : ['scheme'], name === undefined ? 'key' : 'value');
    return [
      findingOf(STRUCTURE['missing-key'], {
        where,
        message: `${entry.name}: scheme is missing; known is ${known.join(', ')}`,
        fix:
          name === undefined
            ? insertKey(entry, [], `scheme: ${known[0] ?? ''}`, `Add scheme: ${known[0] ?? ''}`)
            : undefined,
      }),
    ];
  }
  const where = placeIn(entry, ['scheme']);
  if (FUTURE_SCHEMES.includes(name)) {
    return [
      findingOf(STRUCTURE['scheme-not-supported'], {
        where,
        message: `the scheme ${name} is not supported yet`,
      }),
    ];
  }
  const meant = nearest(name, [...known, ...FUTURE_SCHEMES]);
  const shown = JSON.stringify(name.slice(0, 80));
  return [
    findingOf(STRUCTURE['scheme-unknown'], {
      where,
      message: `the scheme ${shown} is not known${meant === undefined ? '' : `; did you mean ${meant}?`}`,
      ...(meant === undefined || where.kind !== 'inventory' || where.at === undefined
        ? {}
        : { fix: { title: `Replace by ${meant}`, edits: [{ range: where.at, newText: meant }] } }),
    }),
  ];
}
