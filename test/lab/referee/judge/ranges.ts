/** A set of whole numbers that mostly follow one another, kept as ranges: millions of rows in a few entries. */
export class Ranges {
  private readonly list: { from: number; to: number }[] = [];

  /** Numbers come in rising order. @throws RangeError when one doesn't. */
  add(value: number): void {
    const last = this.list.at(-1);
    if (last !== undefined && value <= last.to)
      throw new RangeError(`${String(value)} comes after ${String(last.to)}`);
    if (last !== undefined && value === last.to + 1) last.to = value;
    else this.list.push({ from: value, to: value });
  }

  static of(values: Iterable<number>): Ranges {
    const ranges = new Ranges();
    for (const value of values) ranges.add(value);
    return ranges;
  }

  get size(): number {
    return this.list.reduce((sum, range) => sum + range.to - range.from + 1, 0);
  }

  /** What is here and not in `other`. */
  without(other: Ranges): Ranges {
    const result = new Ranges();
    let next = 0;
    for (const range of this.list) {
      let from = range.from;
      while (next < other.list.length && (other.list[next]?.to ?? 0) < from) next++;
      for (let index = next; index < other.list.length && from <= range.to; index++) {
        const hole = other.list[index];
        if (hole === undefined || hole.from > range.to) break;
        if (hole.from > from) result.list.push({ from, to: hole.from - 1 });
        from = hole.to + 1;
      }
      if (from <= range.to) result.list.push({ from, to: range.to });
    }
    return result;
  }

  /** `3, 7-9, … (12 in all)`, as MySQL writes GTID sets. */
  toString(atMost = 8): string {
    const shown = this.list
      .slice(0, atMost)
      .map(({ from, to }) => (from === to ? String(from) : `${String(from)}-${String(to)}`));
    const rest = this.list.length > atMost ? `, … (${String(this.size)} in all)` : '';
    return shown.join(', ') + rest;
  }
}
