import type { IToken } from 'chevrotain';
import { createDiagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import { DIALECTS, type Dialect } from '../dialect.js';
import type { Comment, DefinitionNode, StatementNode } from './ast.js';
import { explainSyntaxError } from './explain-syntax-error.js';
import { EqlParser } from './parser.js';
import { spanOfToken } from './token-span.js';
import {
  BracketClose,
  BracketOpen,
  LineComment,
  Minus,
  MissingOpen,
  Not,
  ParenClose,
  ParenOpen,
  Plus,
  tokenize,
} from './tokens.js';

/** Longest query that is read, in UTF-16 units; the longest published rule has 47,000. */
export const MAX_QUERY_LENGTH = 16 * 1024 * 1024;

/** Deepest nesting of parentheses, brackets, `not` and signs; published rules reach 8. */
export const MAX_NESTING = 100;

/** The outcome of parsing: a tree if the text is a query, and what is wrong with it. */
export interface ParseResult {
  /** Null if the text could not be read as a query. A tree may come with diagnostics. */
  readonly ast: StatementNode | null;
  readonly comments: readonly Comment[];
  readonly diagnostics: readonly Diagnostic[];
}

let parser: EqlParser | undefined;

/**
 * Parses a query. Never throws on any text.
 *
 * Only the grammar is looked at; names, types and the rules of each construct are the business of `checkQuery`.
 */
export function parseQuery(text: string, dialect: Dialect = DIALECTS.elasticsearch): ParseResult {
  const { tokens, comments, problem } = readTokens(text);
  if (problem !== undefined) return { ast: null, comments, diagnostics: [problem] };
  if (tokens.length === 0) {
    const diagnostic = createDiagnostic(
      'EQL1014',
      'There is no query here',
      { start: 0, end: 0 },
      {
        help: 'A query begins with an event category, such as: process where process.name == "cmd.exe"',
      },
    );
    return { ast: null, comments, diagnostics: [diagnostic] };
  }
  parser ??= new EqlParser(dialect);
  const { ast, diagnostics } = parser.parse(tokens, dialect);
  const [error] = parser.errors;
  if (error !== undefined) diagnostics.push(explainSyntaxError(error, text, tokens));
  return { ast: ast ?? null, comments, diagnostics };
}

/** Parses a text of macros and constants, as Python EQL's preprocessor takes it. Never throws on any text. */
export function parseDefinitionNodes(
  text: string,
  dialect: Dialect,
): { definitions: readonly DefinitionNode[]; diagnostics: readonly Diagnostic[] } {
  const { tokens, problem } = readTokens(text);
  if (problem !== undefined) return { definitions: [], diagnostics: [problem] };
  parser ??= new EqlParser(dialect);
  const { definitions, diagnostics } = parser.parseDefinitions(tokens, dialect);
  const [error] = parser.errors;
  if (error !== undefined) diagnostics.push(explainSyntaxError(error, text, tokens));
  return { definitions, diagnostics };
}

interface TokenizedText {
  readonly tokens: IToken[];
  readonly comments: readonly Comment[];
  /** The text is too long, or nested too deeply, to be parsed. */
  readonly problem?: Diagnostic;
}

function readTokens(text: string): TokenizedText {
  if (text.length > MAX_QUERY_LENGTH) {
    const message = `The query has ${text.length} characters; at most ${MAX_QUERY_LENGTH} are read`;
    return { tokens: [], comments: [], problem: createDiagnostic('EQL1009', message, { start: 0, end: 1 }) };
  }
  const { tokens, comments: commentTokens } = tokenize(text);
  const comments = commentTokens.map((token): Comment => ({
    kind: token.tokenType === LineComment ? 'line' : 'block',
    span: spanOfToken(token),
  }));
  const tooDeep = findDeepNesting(tokens);
  if (tooDeep === undefined) return { tokens, comments };
  const message = `Nested more than ${MAX_NESTING} levels deep`;
  return { tokens, comments, problem: createDiagnostic('EQL1008', message, spanOfToken(tooDeep)) };
}

/** The token at which nesting exceeds what recursion over the tree may take. */
function findDeepNesting(tokens: readonly IToken[]): IToken | undefined {
  const levelsOfOpen: number[] = [];
  let depth = 0;
  let prefixes = 0;
  for (const token of tokens) {
    switch (token.tokenType) {
      case ParenOpen:
      case BracketOpen:
      case MissingOpen:
        levelsOfOpen.push(prefixes + 1);
        depth += prefixes + 1;
        prefixes = 0;
        break;
      case ParenClose:
      case BracketClose:
        depth -= levelsOfOpen.pop() ?? 0;
        prefixes = 0;
        break;
      case Not:
      case Minus:
      case Plus:
        prefixes += 1;
        break;
      default:
        prefixes = 0;
    }
    if (depth + prefixes > MAX_NESTING) return token;
  }
  return undefined;
}
