import type * as z from 'zod/mini';
import type { InventoryPath } from '../../findings/finding';
import { SCHEMES } from '../../schemes/registry';
import { INVENTORY_VERSION } from '../head';
import { descriptions } from '../schemaParts';
import type { Description } from '../schemaParts';

/** What the schema says of one place of an inventory: completion and hover read nothing else of it. */
export interface SchemaNode {
  readonly kind: 'map' | 'list' | 'value';
  /** Keys that may stand here; empty where any name may. */
  readonly keys: readonly SchemaKey[];
  /** The node of entries whose names are free: sites, controllers. */
  readonly entries: boolean;
  /** Every value that may stand here, as YAML writes it; empty where the values can't be listed. */
  readonly choices: readonly string[];
  readonly about: Description | undefined;
}

export interface SchemaKey {
  readonly name: string;
  readonly required: boolean;
  readonly node: SchemaNode;
}

type Zod = z.core.$ZodType;

const value = (description: string, choices: readonly string[] = []): SchemaNode => ({
  ...{ kind: 'value', keys: [], entries: false, choices, about: { description } },
});

const map = (description: string, keys: readonly SchemaKey[]): SchemaNode => ({
  ...{ kind: 'map', keys, entries: keys.length === 0, choices: [], about: { description } },
});

/**
 * The node of a path from the file's root, or undefined where the schema knows nothing.
 * @param scheme of the site that the path leads through; without one the only scheme that is built counts.
 */
export function schemaNode(path: InventoryPath, scheme?: string): SchemaNode | undefined {
  if (path.length === 0) return ROOT;
  if (path.length === 1) return ROOT.keys.find(({ name }) => name === path[0])?.node;
  if (path[0] !== 'sites') return undefined;
  const found = SCHEMES.find(({ id }) => id === scheme) ?? SCHEMES[0];
  const at = path
    .slice(2)
    .reduce<Zod | undefined>(
      (inner, key) => (inner === undefined ? undefined : below(inner, key)),
      found.schema,
    );
  return at === undefined ? undefined : nodeOf(at);
}

const ROOT = map('An inventory of ClusterControl sites.', [
  {
    name: 'version',
    required: true,
    node: value('Version of the inventory format.', [String(INVENTORY_VERSION)]),
  },
  {
    name: 'sites',
    required: true,
    node: map('Sites by name. A name is unique among all inventories of a workspace.', []),
  },
]);

function nodeOf(schema: Zod): SchemaNode {
  const definition = inside(schema);
  const about = aboutOf(schema);
  switch (definition.type) {
    case 'object': {
      const keys = Object.entries(definition.shape as Record<string, Zod>).map(([name, below]) => ({
        ...{ name, required: defOf(below).type !== 'optional', node: nodeOf(below) },
      }));
      return { kind: 'map', keys, entries: false, choices: [], about };
    }
    case 'record':
      return { kind: 'map', keys: [], entries: true, choices: [], about };
    case 'array':
      return { kind: 'list', keys: [], entries: false, choices: [], about };
    default:
      return { kind: 'value', keys: [], entries: false, choices: choicesOf(schema), about };
  }
}

function choicesOf(schema: Zod): string[] {
  const definition = inside(schema);
  switch (definition.type) {
    case 'enum':
      return Object.values(definition.entries).map(String).map(written);
    case 'literal':
      return definition.values.filter((one) => typeof one !== 'boolean').map(String);
    case 'boolean':
      return ['true', 'false'];
    case 'union':
      return unionChoices(definition.options.map(choicesOf));
    default:
      return [];
  }
}

/** A series such as "8.4" may be written as a number too: one way is enough. */
function unionChoices(all: readonly (readonly string[])[]): string[] {
  const texts = new Set(all.flat().map((one) => one.replaceAll('"', '')));
  const quoted = all
    .flat()
    .filter((one) => one.startsWith('"'))
    .sort();
  const rest = all.flat().filter((one) => !quoted.includes(`"${one}"`) && !one.startsWith('"'));
  return quoted.length === 0 ? [...texts] : [...quoted, ...rest.filter((one) => !/^\d+$/.test(one))];
}

/** What YAML would read as a number is quoted. */
function written(text: string): string {
  return /^[\d.]+$/.test(text) ? JSON.stringify(text) : text;
}

function aboutOf(schema: Zod): Description | undefined {
  const own = descriptions.get(schema as never) as Description | undefined;
  const definition = defOf(schema);
  return own ?? (definition.type === 'optional' ? aboutOf(definition.innerType) : undefined);
}

function defOf(schema: Zod): z.core.$ZodTypes['_zod']['def'] {
  return (schema as z.core.$ZodTypes)._zod.def;
}

function inside(schema: Zod): z.core.$ZodTypes['_zod']['def'] {
  const definition = defOf(schema);
  return definition.type === 'optional' ? inside(definition.innerType) : definition;
}

function below(schema: Zod, key: string | number): Zod | undefined {
  const definition = inside(schema);
  switch (definition.type) {
    case 'object': {
      const shape = definition.shape as Record<string, Zod>;
      return Object.hasOwn(shape, key) ? shape[key] : undefined;
    }
    case 'record':
      return definition.valueType;
    case 'array':
      return definition.element;
    default:
      return undefined;
  }
}
