import type { InventoryPath, TextRange } from '../findings/finding';
import { readPieces } from './pieces';
import type { Piece, Pieces } from './pieces';
import { pathKey } from './tree';
import type { DocumentProblem, RangePart, Ranges } from './tree';
import { readYaml } from './yamlPart';

/** Room for hundreds of sites; a text beyond it is no inventory. */
export const MAX_TEXT_LENGTH = 4 * 1024 * 1024;
/** What is wrong after these is seldom more than an echo of them. */
const MAX_PROBLEMS = 20;

/** A YAML text as plain values, with the place of each of them. */
export interface InventoryDocument {
  readonly file: string;
  readonly text: string;
  /** A site that did not change since the last reading is the same object. */
  readonly value: unknown;
  readonly problems: readonly DocumentProblem[];
  /** The place of a path, or of the nearest ancestor that stands in the text. */
  rangeOf(path: InventoryPath, part?: RangePart): TextRange;
  has(path: InventoryPath): boolean;
}

/** Where a path stands; undefined where it does not. */
type Find = (path: InventoryPath) => Readonly<Record<RangePart, TextRange>> | undefined;

/** Never throws, whatever the text is. */
export function readDocument(file: string, text: string): InventoryDocument {
  const start = { start: 0, end: Math.min(1, text.length) };
  if (text.length > MAX_TEXT_LENGTH) {
    const message = `the file has ${text.length} characters, an inventory may have ${MAX_TEXT_LENGTH}`;
    const problem = { kind: 'too-large', message, at: start } as const;
    return documentOf(file, text, undefined, [problem], () => undefined);
  }
  const pieces = readPieces(text);
  if (pieces !== undefined) return ofPieces(file, text, pieces);
  const { value, ranges, problems } = readYaml(text);
  return documentOf(file, text, value, problems, (path) => ranges.get(pathKey(path)));
}

function ofPieces(file: string, text: string, { head, sites }: Pieces): InventoryDocument {
  const byName = new Map<string, Piece>();
  const problems: DocumentProblem[] = [];
  for (const piece of sites) {
    problems.push(
      ...piece.part.problems.map((problem) => ({ ...problem, at: moved(problem.at, piece.start) })),
    );
    if (byName.has(piece.name)) {
      const message = `the key ${JSON.stringify(piece.name.slice(0, 80))} stands twice`;
      const at = piece.part.ranges.get(pathKey([piece.name]))?.key ?? { start: 0, end: 1 };
      problems.push({ kind: 'duplicate-key', message, at: moved(at, piece.start) });
    } else {
      byName.set(piece.name, piece);
    }
  }
  const value = {
    ...(head.value as object),
    sites: Object.fromEntries([...byName].map(([name, { part }]) => [name, valueIn(part.value, name)])),
  };
  const find: Find = (path) => {
    const piece = path[0] === 'sites' && path.length > 1 ? byName.get(String(path[1])) : undefined;
    if (piece !== undefined) return movedRanges(piece.part.ranges.get(pathKey(path.slice(1))), piece.start);
    if (path.length === 1 && path[0] === 'sites') return allSites(head.ranges, sites);
    if (path.length === 0) return { key: { start: 0, end: Math.min(1, text.length) }, ...whole(text) };
    return head.ranges.get(pathKey(path));
  };
  return documentOf(file, text, value, problems, find);
}

function valueIn(value: unknown, name: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[name];
}

function whole(text: string): { value: TextRange; entry: TextRange } {
  const range = { start: 0, end: text.length };
  return { value: range, entry: range };
}

/** The key as it stands in the head, the value from the first site to the last. */
function allSites(head: Ranges, sites: readonly Piece[]): ReturnType<Find> {
  const key = head.get(pathKey(['sites']))?.key;
  const [first, last] = [sites[0], sites.at(-1)].map(
    (piece) => piece && movedRanges(piece.part.ranges.get(pathKey([piece.name])), piece.start),
  );
  if (key === undefined || first === undefined || last === undefined) return undefined;
  const value = { start: first.key.start, end: last.entry.end };
  return { key, value, entry: { start: key.start, end: value.end } };
}

function moved({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
}

function movedRanges(found: ReturnType<Find>, by: number): ReturnType<Find> {
  return found && { key: moved(found.key, by), value: moved(found.value, by), entry: moved(found.entry, by) };
}

function documentOf(
  file: string,
  text: string,
  value: unknown,
  problems: readonly DocumentProblem[],
  find: Find,
): InventoryDocument {
  const start = { start: 0, end: Math.min(1, text.length) };
  return {
    file,
    text,
    value,
    problems: problems.slice(0, MAX_PROBLEMS),
    has: (path) => find(path) !== undefined,
    rangeOf: (path, part = 'value') => {
      for (let length = path.length; length >= 0; length--) {
        const found = find(path.slice(0, length));
        if (found !== undefined) return length === path.length ? found[part] : found.key;
      }
      return start;
    },
  };
}
