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

/** Where a path stands, counted from an offset of the text; undefined where it does not. */
type Find = (path: InventoryPath) => Found | undefined;

interface Found {
  readonly ranges: Readonly<Record<RangePart, TextRange>>;
  readonly from: number;
}

/** Problems, outline, lenses and hover ask for the same text: as it is in the editor, and as it was saved. */
const kept: InventoryDocument[] = [];
const MAX_KEPT = 8;

/** Never throws, whatever the text is. The same text of a file is the same object again while it is among the last. */
export function readDocument(file: string, text: string): InventoryDocument {
  const before = kept.findIndex((one) => one.file === file && one.text === text);
  const document = kept.splice(before, before < 0 ? 0 : 1)[0] ?? readText(file, text);
  kept.push(document);
  if (kept.length > MAX_KEPT) kept.shift();
  return document;
}

function readText(file: string, text: string): InventoryDocument {
  const start = { start: 0, end: Math.min(1, text.length) };
  if (text.length > MAX_TEXT_LENGTH) {
    const message = `the file has ${text.length} characters, an inventory may have ${MAX_TEXT_LENGTH}`;
    const problem = { kind: 'too-large', message, at: start } as const;
    return documentOf(file, text, undefined, [problem], () => undefined);
  }
  const pieces = readPieces(text);
  if (pieces !== undefined) return ofPieces(file, text, pieces);
  const { value, ranges, problems } = readYaml(text);
  return documentOf(file, text, value, problems, (path) => found(ranges, path));
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
    if (piece !== undefined) return found(piece.part.ranges, path.slice(1), piece.start);
    if (path.length === 1 && path[0] === 'sites') return allSites(head.ranges, sites);
    if (path.length === 0) return { ranges: whole(text), from: 0 };
    return found(head.ranges, path);
  };
  return documentOf(file, text, value, problems, find);
}

function valueIn(value: unknown, name: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[name];
}

function whole(text: string): Found['ranges'] {
  const range = { start: 0, end: text.length };
  return { key: { start: 0, end: Math.min(1, text.length) }, value: range, entry: range };
}

/** The key as it stands in the head, the value from the first site to the last. */
function allSites(head: Ranges, sites: readonly Piece[]): Found | undefined {
  const key = head.get(pathKey(['sites']))?.key;
  const [first, last] = [sites[0], sites.at(-1)].map((piece) => {
    if (piece === undefined) return undefined;
    const own = piece.part.ranges.get(pathKey([piece.name]));
    return own && moved({ start: own.key.start, end: own.entry.end }, piece.start);
  });
  if (key === undefined || first === undefined || last === undefined) return undefined;
  const value = { start: first.start, end: last.end };
  return { ranges: { key, value, entry: { start: key.start, end: value.end } }, from: 0 };
}

function found(ranges: Ranges, path: InventoryPath, from = 0): Found | undefined {
  const own = ranges.get(pathKey(path));
  return own && { ranges: own, from };
}

function moved({ start, end }: TextRange, by: number): TextRange {
  return { start: start + by, end: end + by };
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
      const own = find(path);
      if (own !== undefined) return moved(own.ranges[part], own.from);
      for (let length = path.length - 1; length >= 0; length--) {
        const near = find(path.slice(0, length));
        if (near !== undefined) return moved(near.ranges.key, near.from);
      }
      return start;
    },
  };
}
