import { checkQuery, type CheckOptions } from './check/check-query.js';
import { hasErrors, type Diagnostic } from './diagnostics/diagnostic.js';
import { DIALECTS, type Dialect } from './dialect.js';
import type { Schema } from './schema/schema.js';
import type { Comment, StatementNode } from './syntax/ast.js';
import { parseQuery } from './syntax/parse-query.js';

/** A query without errors, with what it was checked against: what the engine compiles. */
export interface CheckedQuery {
  readonly text: string;
  readonly statement: StatementNode;
  readonly dialect: Dialect;
  readonly schema: Schema | null;
}

/** The outcome of reading a query. */
export interface Analysis {
  /** Null if there is an error among the diagnostics. */
  readonly query: CheckedQuery | null;
  readonly statement: StatementNode | null;
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses and checks a query. Never throws on any text. */
export function analyzeQuery(text: string, options: CheckOptions = {}): Analysis {
  const dialect = options.dialect ?? DIALECTS.elasticsearch;
  const schema = options.schema ?? null;
  const parsed = parseQuery(text, dialect);
  const checks = parsed.ast === null ? [] : checkQuery(parsed.ast, { dialect, schema });
  const diagnostics = [...parsed.diagnostics, ...checks];
  const query = parsed.ast === null || hasErrors(diagnostics) ? null : { text, statement: parsed.ast, dialect, schema };
  return { query, statement: parsed.ast, comments: parsed.comments, diagnostics };
}
