import { checkQuery, type CheckOptions } from './check/check-query.js';
import { DefinitionExpander } from './definitions/expand-definitions.js';
import type { Definitions } from './definitions/definitions.js';
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
  /** As written, with definitions in place of their names. */
  readonly statement: StatementNode | null;
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What a query is read with. */
export interface AnalysisOptions extends CheckOptions {
  /** Macros and constants that the query may use (endgame dialect); see `parseDefinitions`. */
  readonly definitions?: Definitions;
}

/**
 * Parses and checks a query. Never throws on any text. Where the query uses a definition, diagnostics about what it
 * stands for lie at its use.
 */
export function analyzeQuery(text: string, options: AnalysisOptions = {}): Analysis {
  const dialect = options.dialect ?? DIALECTS.elasticsearch;
  const schema = options.schema ?? null;
  const { ast, comments, diagnostics: problems } = parseQuery(text, dialect);
  if (ast === null) return { query: null, statement: null, comments, diagnostics: problems };
  const diagnostics: Diagnostic[] = [...problems];
  const { definitions } = options;
  const statement =
    definitions === undefined ? ast : new DefinitionExpander(definitions, dialect, diagnostics).expandStatement(ast);
  // What could not be expanded would only be reported again.
  if (definitions === undefined || !hasErrors(diagnostics)) {
    for (const found of checkQuery(statement, { dialect, schema })) diagnostics.push(found);
  }
  const query = hasErrors(diagnostics) ? null : { text, statement, dialect, schema };
  return { query, statement, comments, diagnostics };
}
