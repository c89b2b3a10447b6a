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
  const diagnostics: Diagnostic[] = [];
  const context = createCheckContext(options.dialect ?? DIALECTS.elasticsearch, options.schema ?? null, diagnostics);
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
