import type { Sync } from './document';
import { fieldOf, strings, tableAt } from './value';

/** Only what is named is copied: everything else is excluded. */
export function copiesOnlyNamed({ table }: Sync): boolean {
  const extra = strings(fieldOf(tableAt(table, 'rsync'), '_extra')?.value).map(({ text }) => text);
  const filters = strings(fieldOf(table, 'filter')?.value).map(({ text }) => text);
  const excluded = strings(fieldOf(table, 'exclude')?.value).map(({ text }) => text);
  return (
    extra.some((text) => /^--exclude=["']?\/?\*{1,3}["']?$/.test(text) || text === '--filter=- *') ||
    filters.some((text) => /^-\s*\/?\*{1,3}$/.test(text)) ||
    excluded.some((text) => /^\/?\*{1,3}$/.test(text))
  );
}
