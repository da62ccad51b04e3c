import type { InventoryPath, TextRange } from '../../findings/finding';
import { blockAbove } from './lines';
import type { Line } from './lines';
import { lineAt } from './lines';
import { scanLine } from './scan';

/** Longer lines are no inventory: there is no help in them, and no work. */
const MAX_LINE = 4096;

/** Where the cursor stands in a text that may be half-typed. */
export interface Cursor {
  /** `key`: a key of the map at `path`; `value`: the value of `path`; `item`: an item of the list at `path`. */
  readonly place: 'key' | 'value' | 'item';
  readonly path: InventoryPath;
  /** What is typed of the word so far. */
  readonly typed: string;
  /** The whole word, also behind the cursor. */
  readonly replace: TextRange;
  /** Inside of `{ }` or `[ ]`. */
  readonly flow: boolean;
  /** A colon follows the word: only the word itself is wanted. */
  readonly colonFollows: boolean;
  /** Keys that stand in the same map already. */
  readonly siblings: readonly string[];
}

/**
 * Reads lines and indentation, not YAML: it works at every prefix of a text. Undefined where nothing can be helped:
 * comments, behind a closed bracket, lines of more than 4096 characters.
 */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  const at = Math.min(Math.max(offset, 0), text.length);
  const line = lineAt(text, at);
  if (line.end - line.start > MAX_LINE) return undefined;
  const scan = scanLine(text, line, at);
  if (scan === undefined) return undefined;
  const above = blockAbove(text, line, scan.column, scan.dashed);
  const path = [...above.path, ...scan.path];
  const rest = text.slice(at, line.end);
  const word = /^[^\s,:[\]{}#"']*/.exec(rest)?.[0] ?? '';
  const replace = {
    start: at - scan.typed.length,
    end: at + (scan.place === 'key' ? word.length : tail(rest, scan.flow)),
  };
  return {
    place: scan.place,
    path,
    typed: scan.typed,
    replace,
    flow: scan.flow,
    colonFollows: scan.place === 'key' && /^\s*:(\s|$)/.test(rest.slice(word.length)),
    siblings: scan.flow
      ? [...scan.siblings, ...keysBehind(rest.slice(word.length))]
      : siblings(above.siblings, line),
  };
}

/** Characters of a value that stand behind the cursor. */
function tail(rest: string, flow: boolean): number {
  const value = (flow ? /^[^,\]}]*?(?=\s*([,\]}]|\s#|$))/ : /^.*?(?=\s*(\s#|$))/).exec(rest);
  return value?.[0].length ?? 0;
}

/** Keys of the same `{ }` behind the cursor; nested ones are left out. */
function keysBehind(rest: string): string[] {
  const keys: string[] = [];
  let depth = 0;
  for (const [, word, bracket] of rest.matchAll(/([A-Za-z0-9_.-]+)\s*:(?=\s|$)|([[\]{}])/g)) {
    if (bracket === '{' || bracket === '[') depth++;
    else if (bracket !== undefined && --depth < 0) break;
    else if (word !== undefined && depth === 0) keys.push(word);
  }
  return keys;
}

function siblings(lines: readonly Line[], own: Line): string[] {
  return lines.filter(({ start }) => start !== own.start).flatMap(({ key }) => key ?? []);
}
