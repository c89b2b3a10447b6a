import type { Finding, LintedQuery, QueryLint } from '../lint.js';
import { fieldUsesOf, type FieldUse } from './field-uses.js';

/** A field that neither ECS nor the user's schema has. */
export const unknownField: QueryLint = {
  scope: 'query',
  code: 'EQL5101',
  *check({ query, fields }) {
    const reported = new Set<string>();
    for (const use of fieldUsesOf(query.statement)) {
      if (reported.has(use.name)) continue;
      const finding = checkUse(use, fields);
      if (finding === null) continue;
      reported.add(use.name);
      yield finding;
    }
  },
};

function checkUse({ node, name }: FieldUse, fields: LintedQuery['fields']): Finding | null {
  if (fields.isKnown(name)) return null;
  const near = fields.similar(name);
  // `?field` is for fields that may be absent, so only a slip of the pen is worth a word.
  if (near === null && (node.optional || fields.isPlausible(name))) return null;
  return {
    at: { query: node.span },
    message: fields.schema === null ? `ECS has no field ${name}` : `Neither ECS nor the schema has a field ${name}`,
    help:
      near === null
        ? 'A field of your own belongs into a schema file: see docs/schema.md and [lint] of pack.toml.'
        : `Did you mean ${near}?`,
    fix: near === null ? undefined : { title: `Use ${near}`, replacement: `${node.optional ? '?' : ''}${near}` },
  };
}
