import type * as z from 'zod/mini';
import type { InventoryPath } from '../findings/finding';

/** Keys that a schema knows at a path; empty where any key may stand. Completion and "did you mean" read it. */
export function knownKeysOf(schema: z.core.$ZodType): (path: InventoryPath) => readonly string[] {
  return (path) => {
    const at = path.reduce<z.core.$ZodType | undefined>(
      (inner, key) => (inner === undefined ? undefined : below(inner, String(key))),
      schema,
    );
    const definition = at === undefined ? undefined : definitionOf(at);
    return definition?.type === 'object' ? Object.keys(definition.shape) : [];
  };
}

/** Through `optional`, to what the schema is. */
function definitionOf(schema: z.core.$ZodType): z.core.$ZodTypes['_zod']['def'] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'optional' ? definitionOf(def.innerType) : def;
}

function below(schema: z.core.$ZodType, key: string): z.core.$ZodType | undefined {
  const definition = definitionOf(schema);
  switch (definition.type) {
    case 'object':
      return definition.shape[key];
    case 'record':
      return definition.valueType;
    case 'array':
      return definition.element;
    default:
      return undefined;
  }
}
