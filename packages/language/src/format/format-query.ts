import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.js';
import { DIALECTS, type Dialect } from '../dialect.js';
import type { Comment, StatementNode } from '../syntax/ast.js';
import { parseQuery } from '../syntax/parse-query.js';
import { readFormatTokens } from './format-token.js';
import { renderLayout } from './layout.js';
import { layOutQuery } from './query-layout.js';

/** How a query is formatted. */
export interface FormatOptions {
  /** Default: `elasticsearch`. */
  readonly dialect?: Dialect;
  /** Columns that lines keep to, as far as literals and comments allow. Default: 100. */
  readonly width?: number;
}

/** The outcome of formatting. */
export interface FormattedQuery {
  /** Without a line break at its end. Null if the query does not parse. */
  readonly text: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

const DEFAULT_WIDTH = 100;

/**
 * Writes a query in the one layout that every query has: on one line if it fits, else an operand, a list item or a stage
 * on each line. Comments stay beside what they stood beside, single empty lines stay, and formatting again changes
 * nothing. The result is parsed again: it has the same syntax tree and the same comments, or this throws.
 */
export function formatQuery(text: string, options: FormatOptions = {}): FormattedQuery {
  const dialect = options.dialect ?? DIALECTS.elasticsearch;
  const parsed = parseQuery(text, dialect);
  if (parsed.ast === null || hasErrors(parsed.diagnostics)) return { text: null, diagnostics: parsed.diagnostics };
  const layout = layOutQuery(readFormatTokens(text, parsed.comments));
  const formatted = renderLayout(layout, options.width ?? DEFAULT_WIDTH);
  const again = parseQuery(formatted, dialect);
  const same =
    again.ast !== null &&
    fingerprint(again.ast) === fingerprint(parsed.ast) &&
    commentTexts(formatted, again.comments) === commentTexts(text, parsed.comments);
  if (!same) throw new Error('Formatting would have changed the query.');
  return { text: formatted, diagnostics: parsed.diagnostics };
}

/** A syntax tree as text, without the places of its nodes. */
function fingerprint(statement: StatementNode): string {
  return JSON.stringify(statement, (key, value: unknown) => {
    if (key === 'span' || key.endsWith('Span')) return undefined;
    return typeof value === 'bigint' ? `${value}n` : value;
  });
}

function commentTexts(text: string, comments: readonly Comment[]): string {
  const texts = comments.map(({ span }) => text.slice(span.start, span.end).replace(/\r\n?/gu, '\n').trimEnd());
  return texts.sort().join('\n');
}
