import type * as z from 'zod/mini';
import type { Finding, InventoryPath, TextFix } from '../findings/finding';
import { findingOf } from '../findings/rule';
import { placeIn } from './entry';
import type { SiteEntry } from './entry';
import { nearest } from './nearest';
import { STRUCTURE } from './structure';
import type { StructureCode } from './structure';

type Issue = z.core.$ZodIssue;

/** Keys that a schema knows at a path: for the nearest one to a slip of the finger. */
export type KnownKeys = (path: InventoryPath) => readonly string[];

/** What the schema says against an entry, as findings at the right places. */
export function findingsOfIssue(entry: SiteEntry, issue: Issue, known: KnownKeys): Finding[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(entry, [...path, key], known(path)));
    case 'invalid_key':
      return [
        structural(
          entry,
          codeOf(issue.issues[0]) ?? 'wrong-type',
          path,
          `${show(path.at(-1))} is not allowed here`,
          'key',
        ),
      ];
    case 'custom': {
      const expected = issue.params?.['expected'];
      const must = typeof expected === 'string' ? `: expected ${expected}` : '';
      const message = `${keyName(path)} cannot be ${show(valueAt(entry.value, path))}${must}`;
      return [structural(entry, codeOf(issue) ?? 'invalid-value', path, message)];
    }
    default:
      return [plainIssue(entry, issue, path)];
  }
}

function plainIssue(entry: SiteEntry, issue: Issue, path: InventoryPath): Finding {
  const value = valueAt(entry.value, path);
  const key = path.at(-1);
  if (value === undefined || value === null) {
    return structural(entry, 'missing-key', path, `${keyName(path)} is missing`, 'key');
  }
  if ((key === 'password' || key === 'authPassword') && typeof value !== 'object') {
    return secretInClear(entry, path);
  }
  const code = issue.code === 'invalid_type' ? 'wrong-type' : 'invalid-value';
  const message = `${keyName(path)} cannot be ${show(value)}: expected ${expectedOf(issue)}`;
  const finding = structural(entry, code, path, message);
  const meant = issue.code === 'invalid_value' ? nearest(String(value), issue.values.map(String)) : undefined;
  if (meant === undefined) return finding;
  const range = entry.document.rangeOf([...entry.path, ...path]);
  return { ...finding, fix: { title: `Replace by ${meant}`, edits: [{ range, newText: meant }] } };
}

function secretInClear(entry: SiteEntry, path: InventoryPath): Finding {
  const name = [entry.name, ...path.slice(-2)]
    .join('-')
    .replace(/[^A-Za-z0-9_.-]/g, '-')
    .slice(0, 63);
  const fix: TextFix = {
    title: `Replace by a reference to the secret ${name}`,
    edits: [{ range: entry.document.rangeOf([...entry.path, ...path]), newText: `{ secret: ${name} }` }],
  };
  return findingOf(STRUCTURE['secret-in-clear'], {
    where: placeIn(entry, path),
    message: `${keyName(path)} stands here in clear`,
    fix,
  });
}

function unknownKey(entry: SiteEntry, path: InventoryPath, known: readonly string[]): Finding {
  const key = String(path.at(-1));
  const present = Object.keys((valueAt(entry.value, path.slice(0, -1)) ?? {}) as object);
  const meant = nearest(
    key,
    known.filter((candidate) => !present.includes(candidate)),
  );
  const where = placeIn(entry, path, 'key');
  return findingOf(STRUCTURE['unknown-key'], {
    where,
    message: `the key ${show(key)} is not known here${meant === undefined ? '' : `; did you mean ${meant}?`}`,
    ...(meant === undefined ? {} : { fix: renameKey(entry, path, meant) }),
  });
}

/** Only the key's own text changes: comments and the value stay. */
export function renameKey(entry: SiteEntry, path: InventoryPath, name: string): TextFix {
  const range = entry.document.rangeOf([...entry.path, ...path], 'key');
  return { title: `Rename to ${name}`, edits: [{ range, newText: name }] };
}

function structural(
  entry: SiteEntry,
  code: StructureCode,
  path: InventoryPath,
  message: string,
  part: 'key' | 'value' = 'value',
): Finding {
  return findingOf(STRUCTURE[code], { where: placeIn(entry, path, part), message });
}

function codeOf(issue: Issue | undefined): StructureCode | undefined {
  if (issue === undefined || issue.code !== 'custom') return undefined;
  const code: unknown = issue.params?.['code'];
  return typeof code === 'string' && code in STRUCTURE ? (code as StructureCode) : undefined;
}

function expectedOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'record' || issue.expected === 'object'
        ? 'keys with values'
        : `a ${issue.expected}`;
    case 'invalid_value':
      return issue.values.map(String).join(' or ');
    case 'invalid_union':
      return [...new Set(issue.errors.flat().map(expectedOf))].join(' or ');
    case 'custom':
      return String(issue.params?.['expected'] ?? 'another value');
    default:
      return 'another value';
  }
}

function keyName(path: InventoryPath): string {
  return path.length === 0 ? 'the site' : path.join('.').slice(0, 120);
}

function show(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)?.slice(0, 80) ?? 'nothing';
  return Array.isArray(value) ? 'a list' : 'keys with values';
}

export function valueAt(value: unknown, path: InventoryPath): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
}
