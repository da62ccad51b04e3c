import type { TextRange } from '../../findings/finding';

export interface Word {
  /** Without its quotes. */
  readonly text: string;
  readonly quoted: boolean;
  /** With its quotes. */
  readonly at: TextRange;
}

export interface WordLine {
  readonly words: readonly Word[];
  /** The line goes on in the next one. */
  readonly continued: boolean;
  /** A quote that the line does not close. */
  readonly openQuote: TextRange | undefined;
}

/** `#` and `!` begin a comment anywhere outside of quotes, unless a backslash stands before them. */
const TOKEN = /\\[#!]|[#!].*|"[^"]*"?|[{}]|\\$|\s+|(?:\\[#!]|[^\s{}"#!\\]|\\(?![#!]|$))+/g;

/** The words of each line of a keepalived.conf: braces are words of their own, comments are gone. */
export function* lineWords(text: string): Generator<WordLine> {
  let offset = 0;
  for (const line of text.split('\n')) {
    yield wordsOf(line.endsWith('\r') ? line.slice(0, -1) : line, offset);
    offset += line.length + 1;
  }
}

function wordsOf(line: string, offset: number): WordLine {
  const words: Word[] = [];
  let continued = false;
  let openQuote: TextRange | undefined;
  for (const match of line.matchAll(TOKEN)) {
    const [raw] = match;
    const at = { start: offset + match.index, end: offset + match.index + raw.length };
    if (/^\s/.test(raw)) continue;
    if (/^[#!]/.test(raw)) break;
    if (raw === '\\') continued = true;
    else if (raw.startsWith('"')) {
      const closed = raw.length > 1 && raw.endsWith('"');
      if (!closed) openQuote = at;
      words.push({ text: raw.slice(1, closed ? -1 : undefined), quoted: true, at });
    } else words.push({ text: raw, quoted: false, at });
  }
  return { words, continued, openQuote };
}
