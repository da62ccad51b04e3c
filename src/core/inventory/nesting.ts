import type { CST } from 'yaml';

/**
 * True where a text opens more brackets than it closes, far beyond any inventory. Quotes and comments count too, so
 * the limit is generous: it only keeps the parser from texts that it needs minutes for.
 */
export function opensMoreThan(limit: number, text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === '{' || bracket === '[' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > limit) return true;
  }
  return false;
}

/**
 * True where a syntax tree is deeper than `limit`. Without recursion: the library's next stage recurses, and a text
 * that exhausts the stack there can end the whole process (seen: a fatal error of the engine's RegExp compiler).
 */
export function isDeeperThan(limit: number, tokens: readonly CST.Token[]): boolean {
  let level = [...tokens];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    const next: CST.Token[] = [];
    for (const token of level) addBelow(token, next);
    level = next;
  }
  return false;
}

/** What holds nothing is left out: most tokens are scalars. */
function addBelow(token: CST.Token, next: CST.Token[]): void {
  if ('items' in token) {
    for (const { key, value } of token.items) {
      if (key && 'items' in key) next.push(key);
      if (value && 'items' in value) next.push(value);
    }
  } else if ('value' in token && typeof token.value === 'object') {
    next.push(token.value);
  }
}
