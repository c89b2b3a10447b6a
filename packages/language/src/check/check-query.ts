import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { DIALECTS, type Dialect } from '../dialect.js';
import type { Schema } from '../schema/schema.js';
import type { StatementNode } from '../syntax/ast.js';
import { createCheckContext, withNames } from './check-context.js';
import { checkCondition } from './check-expression.js';
import { checkPipe } from './check-pipe.js';
import { checkStages } from './check-sequence.js';

/** What a query is checked against. */
export interface CheckOptions {
  /** Default: `elasticsearch`. */
  readonly dialect?: Dialect;
  /** Default: none; then every field is known and brings its own type. */
  readonly schema?: Schema | null;
}

/** Checks the names, types and clauses of a parsed query. An empty list means that it can be compiled. */
export function checkQuery(statement: StatementNode, options: CheckOptions = {}): readonly Diagnostic[] {
  const { dialect = DIALECTS.elasticsearch, schema = null } = options;
  const diagnostics = findProblems(statement, dialect, schema);
  if (schema?.learned === undefined || schema.strict || diagnostics.length === 0) return diagnostics;
  // What only learned types object to may be right over other events: the query still runs.
  const declared = new Map([...schema.fields].filter(([, { seen }]) => seen === undefined));
  const certain = new Set(findProblems(statement, dialect, { ...schema, fields: declared }).map(placeOf));
  return diagnostics.map((found) => (certain.has(placeOf(found)) ? found : { ...found, severity: 'warning' }));
}

function placeOf({ code, span }: Diagnostic): string {
  return `${code} ${span.start} ${span.end}`;
}

function findProblems(statement: StatementNode, dialect: Dialect, schema: Schema | null): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const context = createCheckContext(dialect, schema, diagnostics);
  const { query } = statement;
  switch (query.kind) {
    case 'event-query':
      checkCondition(query.condition, context);
      break;
    case 'sequence':
    case 'join':
    case 'sample':
      checkStages(query, context);
      break;
  }
  // Pipes of the endgame dialect also see what other pipes add to a row.
  const pipeContext = withNames(context, ['events', 'count', 'percent', 'key', 'total_hosts', 'hosts']);
  for (const pipe of statement.pipes) checkPipe(pipe, query, pipeContext);
  return diagnostics.sort((a, b) => a.span.start - b.span.start);
}
