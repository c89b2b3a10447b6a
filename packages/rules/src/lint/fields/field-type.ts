import {
  checkQuery,
  dottedName,
  visit,
  type Diagnostic,
  type DiagnosticCode,
  type FieldDefinition,
  type Schema,
  type StatementNode,
} from '@eqlkit/language';
import type { QueryLint } from '../lint.js';
import type { FieldKnowledge } from './field-knowledge.js';

/** What the checker says of types. */
const TYPE_CODES: readonly DiagnosticCode[] = ['EQL2003', 'EQL2004', 'EQL2005', 'EQL2007', 'EQL2010', 'EQL2012'];

/** What it says of numbers compared with text, which are equal where no mapping decides. */
const COMPARISON_CODES: readonly DiagnosticCode[] = ['EQL2005', 'EQL2012'];

/** A use that the type of a field in ECS or in the user's schema does not allow. */
export const fieldType: QueryLint = {
  scope: 'query',
  code: 'EQL5103',
  *check({ query, fields }) {
    const { statement, dialect } = query;
    const typed = checkQuery(statement, { dialect, schema: typesOf(statement, fields) });
    const ofTypes = typed.filter(({ code }) => TYPE_CODES.includes(code));
    if (ofTypes.length === 0) return;
    const untyped = new Set(checkQuery(statement, { dialect }).map(keyOf));
    for (const diagnostic of ofTypes) {
      if (untyped.has(keyOf(diagnostic))) continue;
      // Only Elasticsearch has mappings: elsewhere an id such as `user.id` is what the sensor makes of it.
      if (dialect.name !== 'elasticsearch' && COMPARISON_CODES.includes(diagnostic.code)) continue;
      const types = typesIn(statement, diagnostic, fields);
      yield {
        at: { query: diagnostic.span },
        message: diagnostic.message,
        help: [types, diagnostic.help].filter((text) => text !== undefined && text !== '').join(' '),
      };
    }
  },
};

/** The types of a statement's own fields; of one that nobody knows anything may be asked. */
function typesOf(statement: StatementNode, { types }: FieldKnowledge): Schema {
  const own = new Map<string, FieldDefinition>();
  visit(statement, (node) => {
    if (node.kind !== 'field') return;
    const name = dottedName(node.path);
    own.set(name, types.fields.get(name) ?? { path: name, kind: 'mixed', mappingType: 'mixed' });
  });
  return { fields: own, strict: false };
}

function keyOf({ code, span }: Diagnostic): string {
  return `${code} ${span.start} ${span.end}`;
}

/** Says which types the fields have that a diagnostic is about. */
function typesIn(statement: StatementNode, { span }: Diagnostic, fields: FieldKnowledge): string {
  const types = new Map<string, string>();
  visit(statement, (node) => {
    if (node.kind !== 'field' || node.span.end <= span.start || node.span.start >= span.end) return;
    const name = dottedName(node.path);
    const known = fields.find(name);
    if (known !== undefined) types.set(name, `${name} is of the type ${known.kind} in ${known.source}.`);
  });
  return [...types.values()].join(' ');
}
