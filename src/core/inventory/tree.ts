import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { ParsedNode, Range, YAMLMap, YAMLSeq } from 'yaml';
import type { InventoryPath, TextRange } from '../findings/finding';

export interface DocumentProblem {
  readonly kind: 'syntax' | 'duplicate-key' | 'aliases' | 'too-large';
  readonly message: string;
  readonly at: TextRange;
}

/** `key`: the key's own text; `value`: its value; `entry`: both. */
export type RangePart = 'key' | 'value' | 'entry';

/** By `pathKey`. */
export type Ranges = ReadonlyMap<string, Readonly<Record<RangePart, TextRange>>>;

export interface Tree {
  readonly value: unknown;
  readonly ranges: Ranges;
  readonly problems: readonly DocumentProblem[];
}

/** Values that aliases may repeat in all: a bomb is millions. */
const MAX_REPEATED = 10_000;

export function pathKey(path: InventoryPath): string {
  let key = '';
  for (const part of path) key += `${part}\n`;
  return key;
}

/** One walk over the parser's nodes: plain values, the place of each, keys that stand twice, aliases within bounds. */
export function readTree(contents: ParsedNode | null, textLength: number): Tree {
  const walk = new TreeWalk(textLength);
  const value = walk.read(contents, '');
  return { value, ranges: walk.ranges, problems: walk.problems };
}

class TreeWalk {
  readonly ranges = new Map<string, Record<RangePart, TextRange>>();
  readonly problems: DocumentProblem[] = [];
  private readonly anchors = new Map<string, { readonly value: unknown; readonly size: number }>();
  private size = 0;
  private repeated = 0;

  constructor(private readonly textLength: number) {
    const whole = { start: 0, end: textLength };
    this.ranges.set('', { key: { start: 0, end: Math.min(1, textLength) }, value: whole, entry: whole });
  }

  read(node: unknown, key: string): unknown {
    this.size++;
    if (isAlias(node)) return this.repeat(node.source, node);
    const before = this.size;
    const value = isMap(node)
      ? this.map(node, key)
      : isSeq(node)
        ? this.sequence(node, key)
        : isScalar(node)
          ? node.value
          : null;
    if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined) {
      this.anchors.set(node.anchor, { value, size: this.size - before + 1 });
    }
    return value;
  }

  private map(node: YAMLMap, key: string): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    for (const pair of node.items) {
      if (!isScalar(pair.key)) {
        this.problem('syntax', 'a key of an inventory is a plain word', pair.key);
        continue;
      }
      const name = String(pair.key.value);
      if (entries.has(name)) {
        this.problem('duplicate-key', `the key ${JSON.stringify(name.slice(0, 80))} stands twice`, pair.key);
        continue;
      }
      const below = `${key}${name}\n`;
      const keyRange = this.rangeOf(pair.key);
      const value = pair.value === null ? keyRange : this.rangeOf(pair.value);
      this.ranges.set(below, { key: keyRange, value, entry: { start: keyRange.start, end: value.end } });
      entries.set(name, this.read(pair.value, below));
    }
    // fromEntries defines own properties: a key such as `__proto__` stays a key.
    return Object.fromEntries(entries);
  }

  private sequence(node: YAMLSeq, key: string): unknown[] {
    return node.items.map((item, position) => {
      const below = `${key}${position}\n`;
      const range = this.rangeOf(item);
      this.ranges.set(below, { key: range, value: range, entry: range });
      return this.read(item, below);
    });
  }

  private repeat(source: string, node: unknown): unknown {
    const anchored = this.anchors.get(source);
    if (anchored === undefined) {
      this.problem('aliases', `the alias *${source.slice(0, 80)} has no anchor before it`, node);
      return undefined;
    }
    this.repeated += anchored.size;
    this.size += anchored.size;
    if (this.repeated > MAX_REPEATED) {
      if (this.repeated - anchored.size <= MAX_REPEATED) {
        this.problem('aliases', `aliases repeat more than ${MAX_REPEATED} values`, node);
      }
      return undefined;
    }
    return anchored.value;
  }

  private problem(kind: DocumentProblem['kind'], message: string, node: unknown): void {
    this.problems.push({ kind, message, at: this.rangeOf(node) });
  }

  private rangeOf(node: unknown): TextRange {
    const range = (node as { range?: Range | null } | null)?.range;
    return range ? { start: range[0], end: range[1] } : { start: 0, end: Math.min(1, this.textLength) };
  }
}
