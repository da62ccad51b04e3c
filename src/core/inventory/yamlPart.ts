import { Composer, Parser } from 'yaml';
import type { YAMLError } from 'yaml';
import { isDeeperThan, opensMoreThan } from './nesting';
import { readTree } from './tree';
import type { DocumentProblem, Tree } from './tree';

/** Of the syntax tree; an inventory needs about 12. */
const MAX_DEPTH = 64;
/** Brackets that are open at once, as they stand in the text. */
const MAX_OPEN = 2000;

/** A YAML text, or a part of one that stands by itself. */
export interface YamlPart extends Tree {
  /** The number of entries at its top; undefined where that is no map. */
  readonly entries: number | undefined;
}

/** Never throws, whatever the text is. */
export function readYaml(text: string): YamlPart {
  const tokens = opensMoreThan(MAX_OPEN, text) ? undefined : [...new Parser().parse(text)];
  if (tokens === undefined || isDeeperThan(MAX_DEPTH, tokens)) {
    const at = { start: 0, end: Math.min(1, text.length) };
    const problem: DocumentProblem = { kind: 'syntax', message: 'the text is nested too deeply', at };
    return { value: undefined, ranges: new Map(), problems: [problem], entries: undefined };
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
  const contents = parsed?.contents;
  const entries =
    contents !== null && contents !== undefined && 'items' in contents ? contents.items.length : undefined;
  return { ...tree, problems: [...problems, ...tree.problems], entries };
}

function problemOf(error: YAMLError, text: string): DocumentProblem {
  const start = Math.min(error.pos[0], Math.max(0, text.length - 1));
  const end = Math.min(Math.max(error.pos[1], start + 1), Math.max(text.length, start));
  return { kind: 'syntax', message: error.message.split('\n', 1)[0] ?? error.code, at: { start, end } };
}
