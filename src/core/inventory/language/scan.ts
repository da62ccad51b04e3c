import type { InventoryPath } from '../../findings/finding';
import type { Line } from './lines';

/** What a line says up to the cursor. */
export interface Scan {
  readonly place: 'key' | 'value' | 'item';
  /** Below the block that the line belongs to. */
  readonly path: InventoryPath;
  readonly typed: string;
  readonly flow: boolean;
  /** Where the line's content begins: decides which block it belongs to. */
  readonly column: number;
  readonly dashed: boolean;
  /** Keys of the same `{ }` before the cursor. */
  readonly siblings: readonly string[];
}

interface Frame {
  readonly kind: 'block' | 'dash' | 'map' | 'list';
  key: string | undefined;
  index: number;
  /** A value in brackets or quotes has ended: only a comma can follow. */
  closed: boolean;
  begin: number;
  readonly keys: string[];
}

const frame = (kind: Frame['kind'], begin: number): Frame => ({
  ...{ kind, key: undefined, index: 0, closed: false, begin, keys: [] },
});

/** Undefined in a comment and behind a closed bracket. */
export function scanLine(text: string, line: Line, offset: number): Scan | undefined {
  const at = Math.max(offset, line.start);
  const content = line.start + line.indent;
  const column = Math.min(content, at) - line.start;
  const dashed = line.dashed && at > content;
  const stack: Frame[] = [frame(dashed ? 'dash' : 'block', content + (dashed ? 1 : 0))];
  for (let position = content + (dashed ? 1 : 0); position < at; position++) {
    const next = step(text, position, at, stack);
    if (next === undefined) return undefined;
    position = next;
  }
  const top = stack.at(-1);
  if (top === undefined || top.closed) return undefined;
  const typed = text.slice(Math.min(top.begin, at), at).trimStart();
  const flow = stack.length > 1;
  const path = stack.flatMap(placeOf);
  const place =
    top.kind === 'list' || (top.kind === 'dash' && top.key === undefined)
      ? 'item'
      : top.key === undefined
        ? 'key'
        : 'value';
  return {
    place,
    path: place === 'item' ? path.slice(0, -1) : path,
    typed,
    flow,
    column,
    dashed,
    siblings: top.keys,
  };
}

function placeOf(one: Frame): (string | number)[] {
  if (one.kind === 'list') return [one.index];
  const key = one.key === undefined ? [] : [one.key];
  return one.kind === 'dash' ? [0, ...key] : key;
}

/** Reads one character, or a quoted word at once. @returns where it ended, undefined in a comment. */
function step(text: string, position: number, at: number, stack: Frame[]): number | undefined {
  const top = stack.at(-1);
  if (top === undefined) return undefined;
  const character = text[position] ?? '';
  const blank = text.slice(top.begin, position).trim() === '';
  if (character === '#' && /[\s{[,]/.test(text[position - 1] ?? ' ')) return undefined;
  if ((character === '"' || character === "'") && blank) return quoted(text, position, at, character);
  const flow = stack.length > 1;
  if ((character === '{' || character === '[') && blank) {
    stack.push(frame(character === '{' ? 'map' : 'list', position + 1));
  } else if ((character === '}' || character === ']') && flow) {
    stack.pop();
    const outer = stack.at(-1);
    if (outer) outer.closed = true;
  } else if (character === ',' && flow) {
    Object.assign(top, { key: undefined, closed: false, begin: position + 1, index: top.index + 1 });
  } else if (character === ':' && top.key === undefined && top.kind !== 'list' && endsKey(text, position)) {
    top.key = unquoted(text.slice(top.begin, position).trim());
    top.keys.push(top.key);
    top.begin = position + 1;
  }
  return position;
}

function endsKey(text: string, position: number): boolean {
  return position + 1 >= text.length || /\s/.test(text[position + 1] ?? '');
}

function quoted(text: string, position: number, at: number, quote: string): number {
  const end = text.indexOf(quote, position + 1);
  return end < 0 || end >= at ? at : end;
}

function unquoted(word: string): string {
  const quote = word[0];
  return word.length > 1 && (quote === '"' || quote === "'") && word.endsWith(quote)
    ? word.slice(1, -1)
    : word;
}
