import { createQueryExplainer } from '@eqlkit/engine';
import { analyzeQuery, DIALECTS, formatQuery, type Diagnostic, type DialectName } from '@eqlkit/language';

/** A query that is to stand in a new rule: formatted, or what keeps it from running. */
export function checkNewQuery(
  text: string,
  dialectName: DialectName,
): { readonly formatted: string; readonly errors: readonly Diagnostic[] } {
  const dialect = DIALECTS[dialectName];
  const { query, diagnostics } = analyzeQuery(text, { dialect });
  const compiled = query === null ? [] : createQueryExplainer(query, {}).diagnostics;
  const errors = [...diagnostics, ...compiled].filter(({ severity }) => severity === 'error');
  return { formatted: formatQuery(text, { dialect, width: 100 }).text ?? text, errors };
}
