import { Composer, Parser } from 'yaml';
import type { YAMLError } from 'yaml';
import type { InventoryPath, TextRange } from '../findings/finding';
import { isDeeperThan } from './nesting';
import { pathKey, readTree } from './tree';
import type { DocumentProblem, RangePart } from './tree';

/** Room for hundreds of sites; a text beyond it is no inventory. */
export const MAX_TEXT_LENGTH = 4 * 1024 * 1024;
/** What is wrong after these is seldom more than an echo of them. */
const MAX_PROBLEMS = 20;
/** Of the syntax tree; an inventory needs about 12. */
const MAX_DEPTH = 64;

/** A YAML text as plain values, with the place of each of them. */
export interface InventoryDocument {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  readonly problems: readonly DocumentProblem[];
  /** The place of a path, or of the nearest ancestor that stands in the text. */
  rangeOf(path: InventoryPath, part?: RangePart): TextRange;
  has(path: InventoryPath): boolean;
}

/** Never throws, whatever the text is. */
export function readDocument(file: string, text: string): InventoryDocument {
  const start = { start: 0, end: Math.min(1, text.length) };
  if (text.length > MAX_TEXT_LENGTH) {
    const message = `the file has ${text.length} characters, an inventory may have ${MAX_TEXT_LENGTH}`;
    return unread(file, text, { kind: 'too-large', message, at: start });
  }
  const tokens = [...new Parser().parse(text)];
  if (isDeeperThan(MAX_DEPTH, tokens)) {
    return unread(file, text, { kind: 'syntax', message: 'the text is nested too deeply', at: start });
  }
  // Unique keys are checked by our own walk: the library compares every key with every other.
  const composer = new Composer({ logLevel: 'error', uniqueKeys: false });
  const [parsed, second] = [...composer.compose(tokens, true, text.length)];
  const tree = readTree(parsed?.contents ?? null, text.length);
  const problems = [...(parsed?.errors ?? []), ...(parsed?.warnings ?? [])].map((error) =>
    problemOf(error, text),
  );
  if (second !== undefined) {
    const message = 'an inventory is one document: another begins here';
    problems.push({ kind: 'syntax', message, at: { start: second.range[0], end: second.range[1] } });
  }
  return {
    file,
    text,
    value: tree.value,
    problems: [...problems, ...tree.problems].slice(0, MAX_PROBLEMS),
    has: (path) => tree.ranges.has(pathKey(path)),
    rangeOf: (path, part = 'value') => {
      for (let length = path.length; length >= 0; length--) {
        const found = tree.ranges.get(pathKey(path.slice(0, length)));
        if (found !== undefined) return length === path.length ? found[part] : found.key;
      }
      return start;
    },
  };
}

function problemOf(error: YAMLError, text: string): DocumentProblem {
  const start = Math.min(error.pos[0], Math.max(0, text.length - 1));
  const end = Math.min(Math.max(error.pos[1], start + 1), Math.max(text.length, start));
  return { kind: 'syntax', message: error.message.split('\n', 1)[0] ?? error.code, at: { start, end } };
}

function unread(file: string, text: string, problem: DocumentProblem): InventoryDocument {
  return {
    file,
    text,
    value: undefined,
    problems: [problem],
    rangeOf: () => problem.at,
    has: () => false,
  };
}
