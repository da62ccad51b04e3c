import type { InventoryPath } from '../../findings/finding';

/** One line of a text, read by its indentation alone. */
export interface Line {
  readonly start: number;
  /** Without the line's end. */
  readonly end: number;
  /** Spaces before the content; the column of a dash where there is one. */
  readonly indent: number;
  /** Its key, unquoted; undefined where the line has none. */
  readonly key: string | undefined;
  /** It begins with `- `. */
  readonly dashed: boolean;
  /** Nothing but white space or a comment. */
  readonly empty: boolean;
}

const KEY = /^(\s*)(- +)?(?:"([^"\\]*)"|'([^']*)'|([^\s#"'[\]{},:][^#:]*?)) *:(?=\s|$)/;
const HEAD = 512;
const BLANK = /\s/;

/** The line that holds an offset. */
export function lineAt(text: string, offset: number): Line {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return readLine(text, start);
}

function readLine(text: string, lineStart: number): Line {
  const start = lineStart === 0 && text.startsWith('\uFEFF') ? 1 : lineStart;
  const newline = text.indexOf('\n', start);
  const stop = newline < 0 ? text.length : newline;
  const end = stop > start && text[stop - 1] === '\r' ? stop - 1 : stop;
  return new TextLine(text, start, end);
}

/** Thousands of lines are looked at on every key, few of them for their keys: those are read when they are asked for. */
class TextLine implements Line {
  readonly indent: number;
  readonly dashed: boolean;
  readonly empty: boolean;

  constructor(
    private readonly text: string,
    readonly start: number,
    readonly end: number,
  ) {
    const head = Math.min(end, start + HEAD);
    let content = start;
    while (content < head && BLANK.test(text.charAt(content))) content++;
    const first = content < head ? text.charAt(content) : '';
    this.indent = content - start;
    this.dashed = first === '-' && (content + 1 >= head || text.charAt(content + 1) === ' ');
    this.empty = first === '' || first === '#';
  }

  get key(): string | undefined {
    const match = KEY.exec(this.text.slice(this.start, Math.min(this.end, this.start + HEAD)));
    return match?.[3] ?? match?.[4] ?? match?.[5];
  }
}

export interface Above {
  /** Of the map or list that a line at this column belongs to. */
  readonly path: InventoryPath;
  /** Lines of the same map, in the text's order, the given line among them. */
  readonly siblings: readonly Line[];
}

/**
 * What a line at `column` belongs to: the nearest lines above with less indentation, up to the root.
 * A list may stand at the column of its key, so for a dash a key of the same column counts too.
 */
export function blockAbove(text: string, line: Line, column: number, dashed: boolean): Above {
  const path: (string | number)[] = [];
  const siblings: Line[] = [];
  let limit = column;
  let items = dashed;
  for (let above = lineAbove(text, line, limit); above;) {
    const same = above.indent === limit && !items;
    if (path.length === 0 && same && !above.dashed && !above.empty) siblings.unshift(above);
    const parent = above.indent < limit || (items && above.indent === limit && !above.dashed);
    const key = parent && !above.empty ? above.key : undefined;
    if (key !== undefined) {
      path.unshift(key);
      limit = above.indent;
      items = above.dashed;
      if (limit === 0 && !items) break;
    }
    above = lineAbove(text, above, path.length === 0 || items ? limit : limit - 1);
  }
  for (const after of linesAfter(text, line)) {
    if (after.empty) continue;
    if (after.indent < column) break;
    if (after.indent === column && !after.dashed) siblings.push(after);
  }
  return { path, siblings };
}

/** The nearest line above that is indented by at most so many spaces. Thousands that are deeper are passed quickly. */
function lineAbove(text: string, line: Line, indent: number): Line | undefined {
  const deeper = ' '.repeat(indent + 1);
  for (let start = line.start; start > 0;) {
    const end = text.lastIndexOf('\n', start - 1);
    if (end < 0) return undefined;
    start = end === 0 ? 0 : text.lastIndexOf('\n', end - 1) + 1;
    if (!text.startsWith(deeper, start)) return readLine(text, start);
  }
  return undefined;
}

function* linesAfter(text: string, line: Line): Generator<Line> {
  for (let newline = text.indexOf('\n', line.end); newline >= 0; newline = text.indexOf('\n', newline + 1)) {
    yield readLine(text, newline + 1);
  }
}
