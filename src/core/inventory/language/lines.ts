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
  const head = text.slice(start, Math.min(end, start + HEAD));
  const content = head.trimStart();
  const match = KEY.exec(head);
  return {
    start,
    end,
    indent: head.length - content.length,
    key: match?.[3] ?? match?.[4] ?? match?.[5],
    dashed: content === '-' || content.startsWith('- '),
    empty: content === '' || content.startsWith('#'),
  };
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
  for (const above of linesBefore(text, line)) {
    if (above.empty) continue;
    const same = above.indent === limit && !items;
    if (path.length === 0 && same && !above.dashed) siblings.unshift(above);
    const parent = above.indent < limit || (items && above.indent === limit && !above.dashed);
    if (!parent || above.key === undefined) continue;
    path.unshift(above.key);
    limit = above.indent;
    items = above.dashed;
    if (limit === 0 && !items) break;
  }
  for (const after of linesAfter(text, line)) {
    if (after.empty) continue;
    if (after.indent < column) break;
    if (after.indent === column && !after.dashed) siblings.push(after);
  }
  return { path, siblings };
}

export function* linesBefore(text: string, line: Line): Generator<Line> {
  for (let start = line.start; start > 0;) {
    const end = text.lastIndexOf('\n', start - 1);
    if (end < 0) return;
    start = text.lastIndexOf('\n', end - 1) + 1;
    yield readLine(text, start);
    if (end === 0) return;
  }
}

export function* linesAfter(text: string, line: Line): Generator<Line> {
  for (let newline = text.indexOf('\n', line.end); newline >= 0; newline = text.indexOf('\n', newline + 1)) {
    yield readLine(text, newline + 1);
  }
}
