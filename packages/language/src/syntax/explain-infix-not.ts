import type { IToken } from 'chevrotain';
import { createDiagnostic } from '../diagnostics/diagnostic.js';
import type { Explanation } from './error-place.js';
import { spanOfToken } from './token-span.js';
import * as t from './tokens.js';

const PATTERN_OPERATORS = [t.Colon, t.Like, t.LikeTilde, t.Regex, t.RegexTilde];

/** `field not : "x"`: only `in` takes a `not` before it. */
export const explainInfixNot: Explanation = ({ text, tokens, token, previous, next }) => {
  if (token === undefined || previous?.tokenType !== t.Not || !PATTERN_OPERATORS.includes(token.tokenType)) {
    return undefined;
  }
  const not = spanOfToken(previous);
  const first = startOfOperand(tokens, tokens.indexOf(previous) - 1);
  if (first === undefined) return undefined;
  const span = { start: spanOfToken(first).start, end: not.end };
  const operand = text.slice(span.start, not.start).trim();
  const right = next === undefined ? '"…"' : next.tokenType === t.ParenOpen ? '(…)' : next.image;
  return createDiagnostic('EQL1002', `"not" stands before what it negates here`, not, {
    help: `Write: not ${operand} ${token.image} ${right}`,
    fix: { title: 'Move the "not"', span, replacement: `not ${operand}` },
  });
};

/** The first token of the field or call that ends at a place. */
function startOfOperand(tokens: readonly IToken[], last: number): IToken | undefined {
  let at = last;
  if (tokens[at]?.tokenType === t.ParenClose) {
    let open = 0;
    do {
      if (tokens[at]?.tokenType === t.ParenClose) open += 1;
      if (tokens[at]?.tokenType === t.ParenOpen) open -= 1;
      at -= 1;
    } while (open > 0 && at >= 0);
  }
  while (tokens[at - 1]?.tokenType === t.Dot) at -= 2;
  if (tokens[at - 1]?.tokenType === t.Question) at -= 1;
  return tokens[at];
}
