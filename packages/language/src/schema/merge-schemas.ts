import type { FieldDefinition, Schema } from './schema.js';

/**
 * One schema of several; null of none. The first one that declares a field decides about it, and what was learned from
 * events counts where none does. Strict if one of them is.
 */
export function mergeSchemas(schemas: readonly Schema[]): Schema | null {
  const [first, ...others] = schemas;
  if (first === undefined || others.length === 0) return first ?? null;
  const fields = new Map<string, FieldDefinition>();
  for (const { fields: more } of schemas) {
    for (const [name, definition] of more) {
      const known = fields.get(name);
      if (known === undefined || (known.seen !== undefined && definition.seen === undefined))
        fields.set(name, definition);
    }
  }
  const learned = schemas.find((schema) => schema.learned !== undefined)?.learned;
  return {
    fields,
    strict: schemas.some(({ strict }) => strict),
    ...(learned === undefined ? {} : { learned }),
  };
}
