import type { TextRange } from '../../findings/finding';
import type { Rule } from '../../findings/rule';
import type { ConfigText } from '../place';

/** A notify script, and keepalived.conf of the same folder where there is one. */
export interface NotifyScriptText extends ConfigText {
  readonly keepalived?: string;
}

export type NotifyScriptRule = Rule<NotifyScriptText>;

/** Places of a pattern outside of comments. */
export function matches({ text }: ConfigText, pattern: RegExp): TextRange[] {
  const ranges: TextRange[] = [];
  let offset = 0;
  for (const line of text.split('\n')) {
    const code = /^\s*#/.test(line) ? '' : line;
    for (const match of code.matchAll(pattern)) {
      ranges.push({ start: offset + match.index, end: offset + match.index + match[0].length });
    }
    offset += line.length + 1;
  }
  return ranges;
}

/** Rules that rewrite the source of everything that leaves an interface. */
export const ADDS_SNAT = /\biptables\b[^#\n|;&]*\s-(?:A|I|-append|-insert)\s[^#\n|;&]*-j\s+SNAT\b[^#\n|;&]*/g;
