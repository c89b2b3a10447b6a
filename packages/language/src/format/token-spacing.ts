import { tokenMatcher, type IToken } from '#chevrotain';
import * as t from '../syntax/tokens.js';

/** Tokens behind which a sign belongs to the operand that follows. */
const BEFORE_OPERAND = [
  t.ParenOpen,
  t.Comma,
  t.EqualEqual,
  t.NotEqual,
  t.Less,
  t.LessEqual,
  t.Greater,
  t.GreaterEqual,
  t.Equal,
  t.Plus,
  t.Minus,
  t.Star,
  t.Slash,
  t.Percent,
  t.Keyword,
];

/** Names that a call's parenthesis follows without a space. */
const CALLABLE = [t.Identifier, t.TildeIdentifier];

/**
 * Whether a space stands between two tokens of an expression.
 *
 * @param before - The token before `previous`.
 */
export function needsSpace(before: IToken | undefined, previous: IToken, next: IToken): boolean {
  if (isOne(next, [t.Dot, t.Comma, t.ParenClose, t.BracketClose])) return false;
  if (isOne(previous, [t.Dot, t.Question, t.ParenOpen, t.BracketOpen, t.MissingOpen])) return false;
  if (isOne(next, [t.ParenOpen])) return !isOne(previous, CALLABLE);
  // Python EQL's method calls, value:function(), and array positions, field[0].
  if (isOne(previous, [t.Colon])) return !isOne(next, [t.Identifier]);
  if (isOne(next, [t.BracketOpen])) return !isOne(previous, [t.Identifier, t.BackquotedIdentifier, t.Variable]);
  if (isOne(previous, [t.Plus, t.Minus])) return !isSign(before);
  return true;
}

function isSign(before: IToken | undefined): boolean {
  return before === undefined || isOne(before, BEFORE_OPERAND);
}

function isOne(token: IToken, types: readonly (typeof t.Dot)[]): boolean {
  return types.some((type) => tokenMatcher(token, type));
}
