/** Compared by lines of each other up to this product; beyond, all of it counts as replaced. */
const CELLS = 4_000_000;

type Edit = { readonly sign: ' ' | '-' | '+'; readonly line: string };

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Longest common subsequence of what is between the common head and the common tail. */
function edits(a: readonly string[], b: readonly string[]): Edit[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const [x, y] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const same = (lines: readonly string[]): Edit[] => lines.map((line) => ({ sign: ' ', line }));
  return [...same(a.slice(0, head)), ...middle(x, y), ...same(a.slice(a.length - tail))];
}

function middle(x: readonly string[], y: readonly string[]): Edit[] {
  const removed = (line: string): Edit => ({ sign: '-', line });
  const added = (line: string): Edit => ({ sign: '+', line });
  if (x.length * y.length > CELLS) return [...x.map(removed), ...y.map(added)];
  const width = y.length + 1;
  const length = new Uint16Array((x.length + 1) * width);
  const at = (i: number, j: number): number => length[i * width + j] ?? 0;
  for (let i = x.length - 1; i >= 0; i--) {
    for (let j = y.length - 1; j >= 0; j--) {
      length[i * width + j] = x[i] === y[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const result: Edit[] = [];
  let [i, j] = [0, 0];
  while (i < x.length || j < y.length) {
    const [left, right] = [x[i], y[j]];
    if (left !== undefined && left === right) {
      result.push({ sign: ' ', line: left });
      i++;
      j++;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      result.push(removed(left));
      i++;
    } else if (right !== undefined) {
      result.push(added(right));
      j++;
    }
  }
  return result;
}

/** Hunks of a unified diff with `context` lines around each change, without file names; empty when nothing differs. */
export function unifiedDiff(before: string, after: string, context = 3): string[] {
  const all = edits(linesOf(before), linesOf(after));
  const near = new Set<number>();
  for (const [index, { sign }] of all.entries()) {
    if (sign === ' ') continue;
    for (let at = index - context; at <= index + context; at++) near.add(at);
  }
  const result: string[] = [];
  let [left, right] = [0, 0];
  for (let index = 0; index < all.length;) {
    if (!near.has(index)) {
      index++;
      left++;
      right++;
      continue;
    }
    let end = index;
    while (end < all.length && near.has(end)) end++;
    const hunk = all.slice(index, end);
    const minus = hunk.filter(({ sign }) => sign !== '+').length;
    const plus = hunk.filter(({ sign }) => sign !== '-').length;
    result.push(`@@ -${range(left, minus)} +${range(right, plus)} @@`);
    result.push(...hunk.map(({ sign, line }) => `${sign}${line}`));
    left += minus;
    right += plus;
    index = end;
  }
  return result;
}

/** As diff(1) writes it: an empty side is numbered by the line before it. */
function range(start: number, count: number): string {
  return `${count === 0 ? start : start + 1}${count === 1 ? '' : `,${count}`}`;
}
