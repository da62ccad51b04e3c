import type { Finding, FindingPlace, TextFix, TextRange } from '../findings/finding';
import type { Occurrence } from '../findings/rule';

/** What the rules of every kind of configuration file look at. */
export interface ConfigText {
  readonly file: string;
  readonly text: string;
}

type More = Partial<Omit<Occurrence, 'where' | 'message' | 'related'>> & {
  readonly related?: readonly { readonly at: TextRange; readonly message: string }[];
};

/** An occurrence at a place of a configuration file. */
export function inFile(of: ConfigText, at: TextRange, message: string, more: More = {}): Occurrence {
  const { related, ...rest } = more;
  const others: Finding['related'] = (related ?? []).map((one) => ({
    where: placeOf(of, one.at),
    message: one.message,
  }));
  return { where: placeOf(of, at), message, related: others, ...rest };
}

function placeOf({ file }: ConfigText, at: TextRange): FindingPlace {
  return { kind: 'file', file, at };
}

export function replace(title: string, at: TextRange, newText: string): TextFix {
  return { title, edits: [{ range: at, newText }] };
}

/** The lines that a range touches, with the line break behind them. */
export function wholeLines(text: string, { start, end }: TextRange): TextRange {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', Math.max(start, end - 1));
  return { start: from, end: to < 0 ? text.length : to + 1 };
}

/** Removes whole lines, unless something else stands on them: then the range alone. */
export function removal(text: string, at: TextRange): TextRange {
  const lines = wholeLines(text, at);
  const before = text.slice(lines.start, at.start);
  const behind = text.slice(at.end, lines.end);
  return /^\s*$/.test(before) && /^\s*([#!;].*)?\s*$/.test(behind) ? lines : at;
}

/** A line of its own before the line of a place, indented like it. */
export function lineBefore(text: string, at: TextRange, line: string): TextFix['edits'][number] {
  const { start } = wholeLines(text, at);
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
  return { range: { start, end: start }, newText: `${indent}${line}${lineBreak(text)}` };
}

/** A line of its own behind the line of a place, indented like it. */
export function lineBehind(text: string, at: TextRange, line: string): TextFix['edits'][number] {
  const { start, end } = wholeLines(text, at);
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
  const open = end > 0 && text[end - 1] !== '\n';
  const eol = lineBreak(text);
  return { range: { start: end, end }, newText: `${open ? eol : ''}${indent}${line}${open ? '' : eol}` };
}

/** The file's own line break. */
export function lineBreak(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
