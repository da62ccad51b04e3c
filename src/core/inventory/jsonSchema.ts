import * as z from 'zod/mini';
import { FUTURE_SCHEMES, SCHEMES } from '../schemes/registry';
import { PATTERNS } from './allow';
import { INVENTORY_VERSION } from './head';
import { descriptions } from './schemaParts';

/**
 * The JSON Schema of an inventory, from the same source as validator and types. It ships for other tools
 * (media/clustercontrol.schema.json); the editor's own help does not need it.
 */
export function inventoryJsonSchema(): Record<string, unknown> {
  const sites = SCHEMES.map((scheme) => withoutDialect(z.toJSONSchema(scheme.schema, OPTIONS)));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'ClusterControl HA inventory',
    type: 'object',
    additionalProperties: false,
    required: ['version', 'sites'],
    properties: {
      version: { const: INVENTORY_VERSION, description: 'Version of the inventory format.' },
      sites: {
        type: 'object',
        description: 'Sites by name. A name is unique among all inventories of a workspace.',
        propertyNames: { pattern: PATTERNS.siteName.source },
        additionalProperties: { oneOf: [...sites, ...FUTURE_SCHEMES.map(notYet)] },
      },
    },
  };
}

const OPTIONS = {
  io: 'input',
  target: 'draft-2020-12',
  metadata: descriptions as unknown as typeof z.globalRegistry,
} as const;

/** Known, and not checked yet. */
function notYet(scheme: string): Record<string, unknown> {
  return {
    type: 'object',
    description: 'Not supported yet.',
    required: ['scheme'],
    properties: { scheme: { const: scheme } },
  };
}

function withoutDialect({ $schema: _, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest;
}
