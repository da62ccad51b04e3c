import { cursorAt } from './cursor';
import { keySuggestions } from './keySuggestions';
import type { SeenSites } from './seen';
import type { Suggestion } from './suggestion';
import { valueSuggestions } from './valueSuggestions';

/** More would only be noise. */
const MAX_SUGGESTIONS = 200;

/** What may stand at an offset. Never throws, also for half-typed text. */
export function completionsAt(text: string, offset: number, seen: SeenSites = {}): Suggestion[] {
  const cursor = cursorAt(text, offset);
  if (cursor === undefined) return [];
  const drafts = cursor.place === 'key' ? keySuggestions(cursor) : valueSuggestions(text, cursor, seen);
  return drafts.slice(0, MAX_SUGGESTIONS).map((draft) => ({ ...draft, replace: cursor.replace }));
}
