import { DIALECTS, formatQuery, type Diagnostic } from '@eqlkit/language';
import { isEqlRule, type Rule } from '../model/rule.js';
import { mapQueryDiagnostics, QUERY_PATH } from '../toml/locate-query.js';
import { createTomlPositions, type TomlStringPlace } from '../toml/toml-positions.js';
import { writeTomlQuery } from '../toml/write-toml-query.js';

/** The outcome of formatting a rule file. */
export interface FormattedRule {
  /** The whole file; the text that was given if nothing changes, or if the query does not parse. */
  readonly text: string;
  /** Errors of the query; spans are offsets into the text that was given. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Formats the query in a rule file and leaves every other character of the file as it is. The string keeps its kind, but
 * a query that needs several lines gets a string that can hold them. Rules that are not EQL stay as they are.
 *
 * @param rule - The rule that the text holds.
 * @param width - Columns that lines of the query keep to, as far as it has places to break.
 * @throws if the query would not mean the same afterwards, which is a defect of this function.
 */
export function formatRule(rule: Rule, text: string, width?: number): FormattedRule {
  if (!isEqlRule(rule)) return { text, diagnostics: [] };
  const place = createTomlPositions(text).stringAt(QUERY_PATH);
  if (place === null) return { text, diagnostics: [] };
  const formatted = formatQuery(rule.query, {
    dialect: DIALECTS[rule.dialect],
    ...(width === undefined ? {} : { width }),
  });
  if (formatted.text === null) return { text, diagnostics: mapQueryDiagnostics(formatted.diagnostics, text) };
  return { text: replaceQuery(text, place, formatted.text), diagnostics: [] };
}

/**
 * Puts another query into a rule file and leaves every other character of the file as it is; `null` for a file without a
 * query.
 */
export function withQuery(text: string, query: string): string | null {
  const place = createTomlPositions(text).stringAt(QUERY_PATH);
  return place === null ? null : replaceQuery(text, place, query);
}

function replaceQuery(text: string, place: TomlStringPlace, query: string): string {
  const newline = /\r?\n/u.exec(text)?.[0] ?? '\n';
  const written = writeTomlQuery(query, place, newline);
  return text.slice(0, place.span.start) + written + text.slice(place.span.end);
}
