import { mergeSections, type OwnedSections } from './sections';

/** How our text meets what stands in the file: all of it is ours, a marked block, lines by their keys, or top-level blocks. */
export type Merge =
  | { readonly kind: 'whole' }
  | { readonly kind: 'block' }
  | { readonly kind: 'lines' }
  | { readonly kind: 'sections'; readonly owned: OwnedSections };

/**
 * The text that the file has afterwards: what others wrote stays. Used for what is shown; the host does the same by
 * `mergeScript`, so that what others wrote (their passwords) never leaves it.
 * @param current undefined where there is no such file.
 * @throws RangeError where it can't be told what is ours.
 */
export function mergedText(merge: Merge, ours: string, current: string | undefined): string {
  if (current === undefined) return ours;
  switch (merge.kind) {
    case 'whole':
      return ours;
    case 'block':
      return mergeBlock(ours, current);
    case 'lines':
      return mergeLines(ours, current);
    case 'sections':
      return mergeSections(ours, current, merge.owned);
  }
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** The first and the last line of our text are the markers. */
function mergeBlock(ours: string, current: string): string {
  const own = linesOf(ours);
  const [begin, end] = [own[0], own.at(-1)];
  const result: string[] = [];
  let inside = false;
  let done = false;
  for (const line of linesOf(current)) {
    if (inside) {
      inside = line !== end;
    } else if (line === begin) {
      if (!done) result.push(...own);
      inside = done = true;
    } else result.push(line);
  }
  if (inside) throw new RangeError(`the line "${begin}" has no line "${end}" behind it`);
  return joined(done ? result : [...result, ...own]);
}

/** `KEY` of a line `KEY=value`; undefined for a remark and for what is no such line. */
export function lineKey(line: string): string | undefined {
  if (/^[ \t]*#/.test(line)) return undefined;
  const at = line.indexOf('=');
  const key = line.slice(0, Math.max(0, at)).replace(/^[ \t]+|[ \t]+$/g, '');
  return key === '' ? undefined : key;
}

/** Each key of ours once, at its first place; what is missing comes last. */
function mergeLines(ours: string, current: string): string {
  const own = new Map<string, string>();
  for (const line of linesOf(ours)) {
    const key = lineKey(line);
    if (key !== undefined) own.set(key, line);
  }
  const done = new Set<string>();
  const result: string[] = [];
  for (const line of linesOf(current)) {
    const key = lineKey(line);
    const mine = key === undefined ? undefined : own.get(key);
    if (key === undefined || mine === undefined) result.push(line);
    else if (!done.has(key)) result.push(mine);
    if (key !== undefined) done.add(key);
  }
  return joined([...result, ...[...own].filter(([key]) => !done.has(key)).map(([, line]) => line)]);
}
