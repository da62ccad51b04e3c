import { sourceOf } from './facts';
import type { Cursor } from './cursor';
import { code, plain } from './markdown';
import { schemaNode } from './schemaNode';
import type { SchemaKey, SchemaNode } from './schemaNode';
import { described } from './suggestion';
import type { SuggestionDraft } from './suggestion';
import { newBlocks, newController, newInventory, newSites } from './snippets';

/** Keys that may still stand in the map of the cursor, required ones first. */
export function keySuggestions(cursor: Cursor): SuggestionDraft[] {
  const node = schemaNode(cursor.path);
  if (node === undefined || node.kind !== 'map') return [];
  const { path, flow, colonFollows } = cursor;
  if (path.length === 1) return flow || colonFollows ? [] : newSites(cursor.siblings);
  if (node.entries) return colonFollows ? [] : newController(cursor.siblings, flow);
  const own = cursor.typed;
  const keys = node.keys
    .filter(({ name }) => name === own || !cursor.siblings.includes(name))
    .map((key, index) => suggestion(key, index, cursor));
  return flow || colonFollows ? keys : [...keys, ...blocks(cursor)];
}

/** Several lines at once: a whole inventory, or what a site still lacks. */
function blocks({ path, siblings }: Cursor): SuggestionDraft[] {
  if (path.length === 0) return siblings.length === 0 ? newInventory() : [];
  return path.length === 2 && path[0] === 'sites' ? newBlocks(siblings) : [];
}

function suggestion(key: SchemaKey, index: number, { path, flow, colonFollows }: Cursor): SuggestionDraft {
  const { name, node, required } = key;
  const source = sourceOf([...path.slice(2), name]);
  return {
    label: name,
    kind: 'key',
    detail: required ? 'required' : defaultOf(node),
    documentation: [described(node), keysOf(node), source === undefined ? '' : `*Source: ${plain(source)}*`]
      .filter((part) => part !== '')
      .join('\n\n'),
    insert: colonFollows ? name : `${name}${behind(node, flow)}`,
    rank: (required ? 0 : 1000) + index,
    again: !colonFollows && node.choices.length > 0,
  };
}

function keysOf({ keys }: SchemaNode): string {
  return keys.length < 2 ? '' : `Keys: ${keys.map(({ name }) => code(name)).join(', ')}`;
}

function defaultOf(node: SchemaNode): string {
  const value = node.about?.default;
  return value === undefined || Array.isArray(value) ? '' : `default ${String(value)}`;
}

/** What follows a key: a value on its line, or a block of its own. */
function behind(node: SchemaNode, flow: boolean): string {
  if (node.kind === 'value') return ': ';
  const keys = node.keys.map(({ name }) => name);
  if (keys.length === 1 && keys[0] === 'secret') return ': { secret: $0 }';
  if (flow) return node.kind === 'list' ? ': [$0]' : ': { $0 }';
  return node.kind === 'list' ? ':\n  - $0' : ':\n  $0';
}
