/** `LINE:COLUMN` of an offset, both from 1, as editors and compilers print them. */
export function valueWithin(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before[before.length - 1] ?? '').length + 1}`;
}
