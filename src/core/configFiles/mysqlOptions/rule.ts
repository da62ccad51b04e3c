import type { TextFix } from '../../findings/finding';
import type { Rule } from '../../findings/rule';
import { lineBehind, wholeLines } from '../place';
import type { MysqlDocument, Option } from './document';

export type MysqlRule = Rule<MysqlDocument>;

/** Takes an option out and leaves it readable. */
export function commentOut({ text }: MysqlDocument, { line }: Option): TextFix {
  const { start } = wholeLines(text, line);
  return { title: 'Comment the line out', edits: [{ range: { start, end: start }, newText: '# ' }] };
}

/** A line behind the last option of the server, or behind the section's header. */
export function addOption(document: MysqlDocument, line: string): TextFix | undefined {
  const anchor = document.options.at(-1)?.line ?? document.sections.at(-1);
  return anchor && { title: `Add ${line}`, edits: [lineBehind(document.text, anchor, line)] };
}
