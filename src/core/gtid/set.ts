import { type Interval, normalize, subtract } from './intervals';

/**
 * A MySQL GTID set: intervals by `uuid`, or `uuid:tag` (MySQL 8.3 and later). Source: MySQL manual, "GTID Sets".
 * Made by `parseGtidSet`; no key has an empty list.
 */
export type GtidSet = ReadonlyMap<string, readonly Interval[]>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TAG = /^[a-z_][a-z0-9_]{0,31}$/;
const INTERVAL = /^(\d+)(?:-(\d+))?$/;

/**
 * Reads a set as the server prints it; white space is ignored, and empty text is the empty set.
 * @throws RangeError for what is no GTID set: a set that could not be read is unknown, never empty.
 */
export function parseGtidSet(text: string): GtidSet {
  const found = new Map<string, Interval[]>();
  for (const part of text.replace(/\s+/g, '').toLowerCase().split(',')) {
    if (part === '') continue;
    const [uuid = '', ...rest] = part.split(':');
    if (!UUID.test(uuid) || rest.length === 0) throw unreadable(part);
    let key = uuid;
    for (const item of rest) {
      if (TAG.test(item)) {
        key = `${uuid}:${item}`;
        continue;
      }
      const match = INTERVAL.exec(item);
      if (match === null) throw unreadable(part);
      const from = Number(match[1]);
      const to = Number(match[2] ?? match[1]);
      if (from < 1 || !Number.isSafeInteger(to)) throw unreadable(part);
      // The server takes an interval that ends before it begins for an empty one.
      if (to >= from) append(found, key, [{ from, to }]);
    }
  }
  return normalized(found);
}

/** What is in `a` and not in `b` (the server's GTID_SUBTRACT). */
export function subtractGtidSets(a: GtidSet, b: GtidSet): GtidSet {
  const left = new Map<string, readonly Interval[]>();
  for (const [key, intervals] of a) {
    const rest = subtract(intervals, b.get(key) ?? []);
    if (rest.length > 0) left.set(key, rest);
  }
  return left;
}

export function uniteGtidSets(a: GtidSet, b: GtidSet): GtidSet {
  const all = new Map<string, Interval[]>();
  for (const set of [a, b]) for (const [key, intervals] of set) append(all, key, intervals);
  return normalized(all);
}

/** True when every transaction of `part` is in `whole` (the server's GTID_SUBSET). */
export function isGtidSubset(part: GtidSet, whole: GtidSet): boolean {
  return subtractGtidSets(part, whole).size === 0;
}

export function countTransactions(set: GtidSet): number {
  let count = 0;
  for (const intervals of set.values()) {
    for (const { from, to } of intervals) count += to - from + 1;
  }
  return count;
}

/** As the server prints it without white space: sources in order, a source's tags after its untagged intervals. */
export function formatGtidSet(set: GtidSet): string {
  const sources = new Map<string, string>();
  for (const key of [...set.keys()].sort()) {
    const [uuid = '', tag] = key.split(':');
    const intervals = (set.get(key) ?? []).map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
    const text = [...(tag === undefined ? [] : [tag]), ...intervals].join(':');
    sources.set(uuid, `${sources.get(uuid) ?? uuid}:${text}`);
  }
  return [...sources.values()].join(',');
}

function append(map: Map<string, Interval[]>, key: string, intervals: readonly Interval[]): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [...intervals]);
  else list.push(...intervals);
}

function normalized(found: ReadonlyMap<string, readonly Interval[]>): GtidSet {
  return new Map([...found].map(([key, intervals]) => [key, normalize(intervals)]));
}

function unreadable(part: string): RangeError {
  return new RangeError(`not a GTID set: ${part.slice(0, 80)}`);
}
