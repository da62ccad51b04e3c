import type { TextRange } from '../../findings/finding';

/** What an expression means, as far as it can be told without running it. */
export type Value =
  | { readonly kind: 'string'; readonly text: string; readonly at: TextRange }
  | { readonly kind: 'number' | 'boolean'; readonly text: string; readonly at: TextRange }
  | { readonly kind: 'table'; readonly fields: readonly Field[]; readonly at: TextRange }
  /** A name or a path of names that the file does not set: `default.rsync`. */
  | { readonly kind: 'path'; readonly text: string; readonly at: TextRange }
  | { readonly kind: 'unknown'; readonly at: TextRange };

export interface Field {
  /** Undefined: by position. */
  readonly key: string | undefined;
  /** The key, or the value where there is none. */
  readonly keyAt: TextRange;
  readonly value: Value;
}

export type Table = Extract<Value, { kind: 'table' }>;

export function fieldOf(table: Table | undefined, key: string): Field | undefined {
  return table?.fields.findLast((field) => field.key === key);
}

export function tableAt(table: Table | undefined, key: string): Table | undefined {
  const value = fieldOf(table, key)?.value;
  return value?.kind === 'table' ? value : undefined;
}

export function textAt(table: Table | undefined, key: string): string | undefined {
  const value = fieldOf(table, key)?.value;
  return value?.kind === 'string' ? value.text : undefined;
}

/** Strings of a list, and a single string as a list of one. */
export function strings(value: Value | undefined): readonly Extract<Value, { kind: 'string' }>[] {
  const all =
    value?.kind === 'table' ? value.fields.map((field) => field.value) : value === undefined ? [] : [value];
  return all.filter((one) => one.kind === 'string');
}
