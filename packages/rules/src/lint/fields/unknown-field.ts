import type { Finding, LintedQuery, QueryLint } from '../lint.js';
import { fieldKeysOf } from './field-keys.js';
import { fieldUsesOf } from './field-uses.js';

/** A field that neither ECS nor the user's schema has. */
export const unknownField: QueryLint = {
  scope: 'query',
  code: 'EQL5101',
  *check({ rule, query, fields }) {
    const reported = new Set<string>();
    for (const { node, name } of fieldUsesOf(query.statement)) {
      if (reported.has(name)) continue;
      const unknown = findUnknown(name, node.optional, fields);
      if (unknown === null) continue;
      reported.add(name);
      yield describe(unknown, { query: node.span }, (near) => (node.optional ? `?${near}` : near));
    }
    for (const { name, path } of fieldKeysOf(rule)) {
      const unknown = findUnknown(name, false, fields);
      if (unknown !== null) yield describe(unknown, { path }, (near) => JSON.stringify(near));
    }
  },
};

interface UnknownField {
  readonly message: string;
  /** A field that may have been meant. */
  readonly near: string | null;
}

function findUnknown(name: string, optional: boolean, fields: LintedQuery['fields']): UnknownField | null {
  if (fields.isKnown(name)) return null;
  const near = fields.similar(name);
  // `?field` is for fields that may be absent, so only a slip of the pen is worth a word.
  if (near === null && (optional || fields.isPlausible(name))) return null;
  return {
    message: fields.schema === null ? `ECS has no field ${name}` : `Neither ECS nor the schema has a field ${name}`,
    near,
  };
}

/** @param write - How the file writes the name of a field at this place. */
function describe({ message, near }: UnknownField, at: Finding['at'], write: (name: string) => string): Finding {
  return {
    at,
    message,
    help:
      near === null
        ? 'A field of your own belongs into a schema file: see docs/schema.md and [lint] of pack.toml.'
        : `Did you mean ${near}?`,
    fix: near === null ? undefined : { title: `Use ${near}`, replacement: write(near) },
  };
}
