import type { TextRange } from '../../findings/finding';

export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'symbol' | 'end';
  /** Of a string: its value. */
  readonly text: string;
  readonly at: TextRange;
}

export interface Problem {
  readonly message: string;
  readonly at: TextRange;
}

const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /0[xX][\da-fA-F]+|\d+(\.\d*)?([eE][+-]?\d+)?/y;
const SYMBOL = /\.\.\.?|[=~<>]=|[-+*/%^#<>=(){}[\];:,.]/y;
const SPACE = /\s+/y;
const COMMENT = /--(?!\[=*\[)[^\n]*/y;
const LONG = /(?:--)?\[(=*)\[/y;
const QUOTED = /"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?/y;

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** Words of a Lua text (Lua 5.1 manual, 2.1), without comments; the last one is of kind `end`. */
export function tokensOf(text: string): {
  readonly tokens: readonly Token[];
  readonly problems: readonly Problem[];
} {
  const tokens: Token[] = [];
  const problems: Problem[] = [];
  let position = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match !== null) position += match[0].length;
    return match;
  };
  while (position < text.length) {
    const start = position;
    const push = (kind: Token['kind'], value: string): void => {
      tokens.push({ kind, text: value, at: { start, end: position } });
    };
    if (take(SPACE) ?? take(COMMENT)) continue;
    const long = take(LONG);
    const quoted = long === null ? take(QUOTED) : null;
    if (long !== null) {
      const closing = `]${long[1] ?? ''}]`;
      const end = text.indexOf(closing, position);
      const inner = text.slice(position, end < 0 ? text.length : end);
      position = end < 0 ? text.length : end + closing.length;
      if (end < 0)
        problems.push({ message: `${closing} is missing`, at: { start, end: start + long[0].length } });
      if (!long[0].startsWith('--')) push('string', inner.replace(/^\r?\n/, ''));
    } else if (quoted !== null) {
      const [raw] = quoted;
      const closed = raw.length > 1 && raw.endsWith(raw.charAt(0));
      if (!closed)
        problems.push({ message: 'the string is not closed on its line', at: { start, end: position } });
      push('string', unescaped(raw.slice(1, closed ? -1 : undefined)));
    } else {
      const name = take(NAME);
      const number = name === null ? take(NUMBER) : null;
      const symbol = name === null && number === null ? take(SYMBOL) : null;
      if (name) push('name', name[0]);
      else if (number) push('number', number[0]);
      else if (symbol) push('symbol', symbol[0]);
      else position++;
    }
  }
  tokens.push({ kind: 'end', text: '', at: { start: Math.max(0, text.length - 1), end: text.length } });
  return { tokens, problems };
}

function unescaped(text: string): string {
  return text.replace(/\\(\d{1,3}|[\s\S])/g, (_, what: string) =>
    /^\d/.test(what) ? String.fromCharCode(Number(what)) : (ESCAPES[what] ?? what),
  );
}
