import type { InventoryPath } from '../../findings/finding';

/** Keys whose values often repeat from site to site. */
const REPEATED = new Set([
  'user',
  'port',
  'identityFile',
  'jump',
  'interface',
  'secret',
  'socket',
  'bufferPoolSize',
  'name',
]);
const MAX_SEARCHED = 1_000_000;
const MAX_FOUND = 20;

/** Values that the same key has in other places of the text. */
export function usedElsewhere(text: string, path: InventoryPath): string[] {
  const key = path.at(-1);
  if (typeof key !== 'string' || !REPEATED.has(key)) return [];
  const pattern = new RegExp(`(?:^|[\\s{,])${key}: +([A-Za-z0-9_./@:~-]{1,80})(?=[\\s,}]|$)`, 'gm');
  const found = new Set<string>();
  for (const [, value] of text.slice(0, MAX_SEARCHED).matchAll(pattern)) {
    if (value !== undefined) found.add(value);
    if (found.size >= MAX_FOUND) break;
  }
  return [...found];
}
