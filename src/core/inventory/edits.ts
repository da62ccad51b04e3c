import type { InventoryPath, TextFix, TextRange } from '../findings/finding';
import type { SiteEntry } from './entry';
import { valueAt } from './issues';

// Fixes by range: comments and formatting of everything else stay as they are.

/** Another value in the same place. */
export function replaceValue(
  entry: SiteEntry,
  below: InventoryPath,
  newText: string,
  title: string,
): TextFix {
  return { title, edits: [{ range: entry.document.rangeOf([...entry.path, ...below]), newText }] };
}

/**
 * A new key in the map at `below`, before its first one: a comment behind a value stays behind it, and both styles
 * need nothing else. Undefined where the map is empty.
 */
export function insertKey(
  entry: SiteEntry,
  below: InventoryPath,
  text: string,
  title: string,
): TextFix | undefined {
  const map = valueAt(entry.value, below);
  const first =
    typeof map === 'object' && map !== null && !Array.isArray(map) ? Object.keys(map)[0] : undefined;
  if (first === undefined) return undefined;
  const at = entry.document.rangeOf([...entry.path, ...below, first], 'key').start;
  const separator = isFlow(entry, below) ? ', ' : `\n${indentAt(entry.document.text, at)}`;
  return { title, edits: [{ range: { start: at, end: at }, newText: `${text}${separator}` }] };
}

/** A new first item of the list at `below`. Undefined where the list is empty. */
export function insertItem(
  entry: SiteEntry,
  below: InventoryPath,
  text: string,
  title: string,
): TextFix | undefined {
  const list = valueAt(entry.value, below);
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const at = entry.document.rangeOf([...entry.path, ...below, 0]).start;
  const dash = entry.document.text.lastIndexOf('-', at - 1);
  const separator = isFlow(entry, below) ? ', ' : `\n${indentAt(entry.document.text, dash)}- `;
  return { title, edits: [{ range: { start: at, end: at }, newText: `${text}${separator}` }] };
}

/** Takes a key away, and a map that would be empty then. Undefined where it can't be cut out cleanly. */
export function removeKey(entry: SiteEntry, below: InventoryPath, title: string): TextFix | undefined {
  const parent = below.slice(0, -1);
  const siblings = valueAt(entry.value, parent);
  const count = typeof siblings === 'object' && siblings !== null ? Object.keys(siblings).length : 0;
  if (count === 1 && parent.length > 0) return removeKey(entry, parent, title);
  const { text } = entry.document;
  const range = entry.document.rangeOf([...entry.path, ...below], 'entry');
  const cut = isFlow(entry, parent) ? flowCut(text, range) : blockCut(text, range);
  return cut && { title, edits: [{ range: cut, newText: '' }] };
}

/**
 * Takes one of several items out of a list of plain values; `below` ends with its number. Undefined where it can't be cut
 * out cleanly.
 */
export function removeItem(entry: SiteEntry, below: InventoryPath, title: string): TextFix | undefined {
  const { text } = entry.document;
  const range = entry.document.rangeOf([...entry.path, ...below]);
  const dash = text.lastIndexOf('-', range.start - 1);
  const cut = isFlow(entry, below.slice(0, -1))
    ? flowCut(text, range)
    : text.slice(dash + 1, range.start).trim() === ''
      ? blockCut(text, { start: dash, end: range.end })
      : undefined;
  return cut && { title, edits: [{ range: cut, newText: '' }] };
}

/** With the comma behind it, or before it where it is the last. */
function flowCut(text: string, { start, end }: TextRange): TextRange {
  const behind = /^\s*,\s*/.exec(text.slice(end, end + 200));
  if (behind !== null) return { start, end: end + behind[0].length };
  const before = /,\s*$/.exec(text.slice(Math.max(0, start - 200), start));
  return { start: start - (before?.[0].length ?? 0), end };
}

/** Its whole lines, with the comment behind it. */
function blockCut(text: string, { start, end }: TextRange): TextRange | undefined {
  const begin = text.lastIndexOf('\n', start - 1) + 1;
  if (text.slice(begin, start).trim() !== '') return undefined;
  const last = text[end - 1] === '\n' ? end - 1 : end;
  const newline = text.indexOf('\n', last);
  const stop = newline < 0 ? text.length : newline;
  const rest = text.slice(last, stop).trim();
  return rest === '' || rest.startsWith('#')
    ? { start: begin, end: Math.min(stop + 1, text.length) }
    : undefined;
}

function isFlow(entry: SiteEntry, below: InventoryPath): boolean {
  const { start } = entry.document.rangeOf([...entry.path, ...below]);
  return '{['.includes(entry.document.text[start] ?? ' ');
}

/** White space that brings another line to the same column. */
function indentAt(text: string, offset: number): string {
  const begin = text.lastIndexOf('\n', offset - 1) + 1;
  return ' '.repeat(offset - begin);
}
