import type { IToken } from 'chevrotain';
import { findFunction } from '../functions/function-signatures.js';
import type { Span } from '../syntax/span.js';
import { spanOfToken } from '../syntax/token-span.js';
import {
  BackquotedIdentifier,
  Decimal,
  Identifier,
  Integer,
  Keyword,
  ParenOpen,
  StringLiteral,
  TildeIdentifier,
  TimeSpan,
  tokenize,
  UnclosedComment,
  UnclosedString,
  Unknown,
  Variable,
} from '../syntax/tokens.js';

/** What a piece of a query is, for colours. */
export type TokenClass =
  'keyword' | 'function' | 'name' | 'string' | 'number' | 'comment' | 'punctuation' | 'unclosed' | 'unknown';

/** A piece of a query's text with what it is. */
export interface ClassifiedToken {
  readonly class: TokenClass;
  readonly span: Span;
}

/** Cuts a query, or a part of one that is being written, into classified pieces in order; white space is left out. */
export function classifyTokens(text: string): readonly ClassifiedToken[] {
  const { tokens, comments } = tokenize(text);
  const pieces = tokens.map((token, index): ClassifiedToken => ({
    class: classOf(token, tokens[index + 1]),
    span: spanOfToken(token),
  }));
  const remarks = comments.map((token): ClassifiedToken => ({ class: 'comment', span: spanOfToken(token) }));
  return [...pieces, ...remarks].sort((a, b) => a.span.start - b.span.start);
}

function classOf(token: IToken, next: IToken | undefined): TokenClass {
  const { tokenType } = token;
  const categories = tokenType.CATEGORIES ?? [];
  if (categories.includes(Keyword)) return 'keyword';
  if (categories.includes(StringLiteral)) return 'string';
  switch (tokenType) {
    case Identifier:
    case TildeIdentifier: {
      const called = next?.tokenType === ParenOpen;
      return called && findFunction(token.image.replace('~', '')) !== undefined ? 'function' : 'name';
    }
    case BackquotedIdentifier:
    case Variable:
      return 'name';
    case Integer:
    case Decimal:
    case TimeSpan:
      return 'number';
    case UnclosedString:
    case UnclosedComment:
      return 'unclosed';
    case Unknown:
      return 'unknown';
    default:
      return 'punctuation';
  }
}
