import type { Sync } from './document';
import { fieldOf, textAt } from './value';

/** lsyncd puts the slash there itself (measured with 2.2.3). */
export function asFolder(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}

export function sourceOf({
  table,
}: Sync): { readonly path: string; readonly at: { start: number; end: number } } | undefined {
  const value = fieldOf(table, 'source')?.value;
  return value?.kind === 'string' ? { path: asFolder(value.text), at: value.at } : undefined;
}

/** Host and folder as one text. */
export function targetOf({ table }: Sync): string | undefined {
  const target = textAt(table, 'target');
  if (target !== undefined) return asFolder(target);
  const [host, folder] = [textAt(table, 'host'), textAt(table, 'targetdir')];
  return host === undefined || folder === undefined ? undefined : `${host}:${asFolder(folder)}`;
}
