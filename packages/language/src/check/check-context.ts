import type { Diagnostic, DiagnosticExtras } from '../diagnostics/diagnostic.js';
import { createDiagnostic } from '../diagnostics/diagnostic.js';
import { suggestName } from '../diagnostics/suggest.js';
import type { DiagnosticCode } from '../diagnostics/catalogue.js';
import type { Dialect } from '../dialect.js';
import type { FieldDefinition, Schema } from '../schema/schema.js';
import type { FieldNode } from '../syntax/ast.js';
import { dottedName } from '../syntax/dotted-name.js';
import type { Span } from '../syntax/span.js';

/** What a check knows about the place it looks at, and where it puts what it finds. */
export interface CheckContext {
  readonly dialect: Dialect;
  readonly schema: Schema | null;
  /** Names of earlier stages (`as event0`) and of array variables that a field's first part may mean. */
  readonly names: ReadonlySet<string>;
  readonly report: (code: DiagnosticCode, message: string, span: Span, extras?: DiagnosticExtras) => void;
  /** The field of the schema that a misspelt name may mean. */
  readonly suggestField: (name: string) => string | undefined;
}

/** Each is compared with every field of a schema, which a query of unknown names only could make take minutes. */
const MAX_SUGGESTIONS = 200;

/** A context that gathers its findings in `diagnostics`. */
export function createCheckContext(dialect: Dialect, schema: Schema | null, diagnostics: Diagnostic[]): CheckContext {
  return {
    dialect,
    schema,
    names: new Set(),
    report: (code, message, span, extras) => diagnostics.push(createDiagnostic(code, message, span, extras)),
    suggestField: createFieldSuggestions(schema),
  };
}

function createFieldSuggestions(schema: Schema | null): CheckContext['suggestField'] {
  const known = new Map<string, string | undefined>();
  return (name) => {
    if (schema === null || known.has(name) || known.size >= MAX_SUGGESTIONS) return known.get(name);
    const near = suggestName(name, schema.fields.keys());
    known.set(name, near);
    return near;
  };
}

/** The same context with more names in scope. */
export function withNames(context: CheckContext, names: readonly string[]): CheckContext {
  return names.length === 0 ? context : { ...context, names: new Set([...context.names, ...names]) };
}

/** What the schema says about a field: nothing if there is no schema, or if the field's first part is a name in scope. */
export function definitionOf(field: FieldNode, context: CheckContext): FieldDefinition | 'unmapped' | null {
  const [first] = field.path;
  if (context.schema === null || (typeof first === 'string' && context.names.has(first))) return null;
  return context.schema.fields.get(dottedName(field.path)) ?? 'unmapped';
}
