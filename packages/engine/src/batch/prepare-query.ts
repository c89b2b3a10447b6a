import { analyzeQuery, type CheckOptions, type Diagnostic } from '@eqlkit/language';
import { compileQuery, type CompiledQuery, type CompileOptions } from '../plan/compile-query.js';

/** A query that can run, or what is wrong with it. */
export interface PreparedQuery {
  /** Null if there is an error among the diagnostics. */
  readonly query: CompiledQuery | null;
  /** Everything that reading, checking and compiling had to say, warnings among it; spans point into the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads, checks and compiles the text of a query. Never throws on any text. */
export function prepareQuery(text: string, options: CheckOptions & CompileOptions = {}): PreparedQuery {
  const analysis = analyzeQuery(text, options);
  if (analysis.query === null) return { query: null, diagnostics: analysis.diagnostics };
  const compilation = compileQuery(analysis.query, options);
  return { query: compilation.query, diagnostics: [...analysis.diagnostics, ...compilation.diagnostics] };
}
