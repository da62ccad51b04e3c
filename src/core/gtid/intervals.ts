/** Transactions `from` to `to`, both included. Lists of them are sorted, and neither touch nor overlap. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

export function normalize(intervals: readonly Interval[]): Interval[] {
  const sorted = [...intervals].sort((a, b) => a.from - b.from);
  const merged: Interval[] = [];
  for (const next of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && next.from <= last.to + 1) {
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, next.to) };
    } else {
      merged.push(next);
    }
  }
  return merged;
}

/** What is in `a` and not in `b`; both normalized. */
export function subtract(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let next = 0;
  for (const { from, to } of a) {
    let start = from;
    while (next < b.length && (b[next] as Interval).to < start) next++;
    for (let i = next; i < b.length && start <= to; i++) {
      const cut = b[i] as Interval;
      if (cut.from > to) break;
      if (cut.from > start) left.push({ from: start, to: cut.from - 1 });
      start = Math.max(start, cut.to + 1);
    }
    if (start <= to) left.push({ from: start, to });
  }
  return left;
}
