import { suggestName } from '@eqlkit/language';
import type { Finding, LintedQuery, QueryLint } from '../lint.js';
import { fieldUsesOf, type FieldUse } from './field-uses.js';
import type { FieldKnowledge } from './field-knowledge.js';

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
  const near = nearestField(name, fields);
  // `?field` is for fields that may be absent, so only a slip of the pen is worth a word.
  if (near === undefined && (node.optional || fields.isPlausible(name))) return null;
  const owner = fields.schema === null ? 'ECS' : 'Neither ECS nor the schema';
  return {
    at: { query: node.span },
    message: fields.schema === null ? `${owner} has no field ${name}` : `${owner} has a field ${name}`,
    help:
      near === undefined
        ? 'A field of your own belongs into a schema file: see docs/schema.md and [lint] of pack.toml.'
        : `Did you mean ${near}?`,
    fix:
      near === undefined
        ? undefined
        : { title: `Use ${near}`, replacement: `${node.optional ? '?' : ''}${near}` },
  };
}

/** A known field of which a name is a misspelling, not merely a relative. */
function nearestField(name: string, fields: FieldKnowledge): string | undefined {
  const near = suggestName(name, fields.names());
  if (near === undefined) return undefined;
  if (near.toLowerCase() === name.toLowerCase()) return near;
  const parts = name.split('.');
  const nearParts = near.split('.');
  // A part more or less is another field, and so is one that differs in several parts.
  const differing = parts.filter((part, index) => part !== nearParts[index]);
  return parts.length === nearParts.length && differing.length === 1 ? near : undefined;
}
