import { tokenMatcher, type IToken } from '#chevrotain';
import { createDiagnostic } from '../diagnostics/diagnostic.js';
import { findFunction } from '../functions/function-signatures.js';
import type { ErrorPlace, Explanation } from './error-place.js';
import { spanOfToken } from './token-span.js';
import * as t from './tokens.js';

/** What stands before the parenthesis of a list. */
const LIST_OPERATORS = [t.In, t.InTilde, t.Colon, t.Like, t.LikeTilde, t.Regex, t.RegexTilde];

const NAMES = [t.Identifier, t.TildeIdentifier, t.BackquotedIdentifier];

/** The brackets and parentheses that are open where the parser stopped, inner ones last. */
function openBrackets({ tokens, token }: ErrorPlace): readonly IToken[] {
  const open: IToken[] = [];
  for (const candidate of token === undefined ? tokens : tokens.slice(0, tokens.indexOf(token))) {
    if ([t.ParenOpen, t.BracketOpen, t.MissingOpen].includes(candidate.tokenType)) open.push(candidate);
    if ([t.ParenClose, t.BracketClose].includes(candidate.tokenType)) open.pop();
  }
  return open;
}

/** What opens the list or the arguments in which the parser stopped: an operator or the name of a function. */
function beforeList(place: ErrorPlace): IToken | undefined {
  const last = openBrackets(place).at(-1);
  if (last?.tokenType !== t.ParenOpen) return undefined;
  const before = place.tokens[place.tokens.indexOf(last) - 1];
  return before !== undefined && [...LIST_OPERATORS, ...NAMES].includes(before.tokenType) ? before : undefined;
}

/** A bracket that the query opens and does not close. */
export const explainUnclosedBracket: Explanation = (place) => {
  const { token } = place;
  // A "]" where a ")" is open shows the same mistake as the end of the query.
  if (token !== undefined && token.tokenType !== t.BracketClose) return undefined;
  const last = openBrackets(place).at(-1);
  if (last === undefined || (token !== undefined && last.tokenType !== t.ParenOpen)) return undefined;
  const close = last.tokenType === t.ParenOpen ? ')' : ']';
  const end = token === undefined ? 'The query' : 'The stage';
  return createDiagnostic('EQL1002', `${end} ends before this "${last.image}" is closed`, spanOfToken(last), {
    help: `Close it with "${close}".`,
  });
};

/** A bracket that closes what nothing has opened. */
export const explainUnopenedBracket: Explanation = (place) => {
  const { token, span, expected } = place;
  if (token?.tokenType !== t.ParenClose && token?.tokenType !== t.BracketClose) return undefined;
  const last = openBrackets(place).at(-1);
  if (token.tokenType === t.BracketClose ? last !== undefined : last?.tokenType === t.ParenOpen) return undefined;
  // Something is missing before it: that is worth more words.
  if (expected !== '' && expected !== '"]"') return undefined;
  const opening = token.tokenType === t.ParenClose ? '(' : '[';
  const stage = last === undefined ? '' : ' A stage is closed with "]".';
  return createDiagnostic('EQL1002', `Nothing opened this "${token.image}"`, span, {
    help: `Remove it, or add the "${opening}" that it closes.${stage}`,
  });
};

/** Two members of a list, or two arguments, without a comma between them. */
export const explainMissingComma: Explanation = (place) => {
  const { token, previous, span, expected } = place;
  const before = beforeList(place);
  if (token === undefined || previous === undefined || before === undefined || expected !== '")"') return undefined;
  if (!isOperand(token)) {
    return createDiagnostic('EQL1002', `Unexpected "${token.image}"; expected "," or ")"`, span);
  }
  const end = spanOfToken(previous).end;
  // A name right behind a string: rather a quote is missing.
  if (end === span.start) return undefined;
  const members = LIST_OPERATORS.includes(before.tokenType) ? 'The members of a list' : 'The arguments of a function';
  return createDiagnostic('EQL1002', `${members} have commas between them`, span, {
    help: 'Write "," before this one, or ")" if the one before is the last.',
    fix: { title: 'Add the comma', span: { start: end, end }, replacement: ',' },
  });
};

/** A function whose arguments are not in parentheses. */
export const explainBareCall: Explanation = ({ token, previous, span }) => {
  if (token === undefined || previous?.tokenType !== t.Identifier || !isOperand(token)) return undefined;
  const name = findFunction(previous.image)?.signature.name;
  if (name === undefined) return undefined;
  const end = spanOfToken(previous).end;
  return createDiagnostic('EQL1002', `The arguments of ${name} stand in parentheses`, span, {
    help: `Write ${name}(…).`,
    ...(end === span.start
      ? {}
      : { fix: { title: 'Add "("', span: { start: end, end: span.start }, replacement: '(' } }),
  });
};

/** A stage of a sequence without its brackets. */
export const explainBareStage: Explanation = (place) => {
  const { tokens, token, next, span } = place;
  const [first] = tokens;
  if (token === undefined || first === undefined || next?.tokenType !== t.Where) return undefined;
  if (![t.Sequence, t.Sample, t.Join].includes(first.tokenType) || openBrackets(place).length > 0) return undefined;
  return createDiagnostic('EQL1002', `Each stage of a ${first.image} stands in brackets`, span, {
    help: `Write [${token.image} where …].`,
  });
};

/** Whether a value, a field or a call begins here. */
function isOperand(token: IToken): boolean {
  return (
    tokenMatcher(token, t.StringLiteral) ||
    [...NAMES, t.Integer, t.Decimal, t.True, t.False, t.Null, t.Variable, t.Question].includes(token.tokenType)
  );
}
