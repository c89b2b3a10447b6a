import { tokenMatcher, type IRecognitionException, type IToken } from '#chevrotain';
import { createDiagnostic, type Diagnostic } from '../diagnostics/diagnostic.js';
import { suggestName } from '../diagnostics/suggest.js';
import type { ErrorPlace, Explanation } from './error-place.js';
import {
  explainBareCall,
  explainBareStage,
  explainMissingComma,
  explainUnclosedBracket,
  explainUnopenedBracket,
} from './explain-brackets.js';
import { explainCharacter, explainNumber, explainOperator } from './explain-foreign-spelling.js';
import { explainInfixNot } from './explain-infix-not.js';
import { quoteString } from './literals.js';
import { spanOfToken } from './token-span.js';
import * as t from './tokens.js';

const COMPARISONS = [t.EqualEqual, t.NotEqual, t.Less, t.LessEqual, t.Greater, t.GreaterEqual, t.Equal];

const explainUnclosedText: Explanation = ({ token, span }) => {
  if (token === undefined) return undefined;
  if (token.tokenType === t.UnclosedComment) {
    return createDiagnostic(
      'EQL1007',
      'This comment is never closed',
      { start: span.start, end: span.start + 2 },
      {
        help: 'Close it with */; comments nest, so each /* needs its own.',
      },
    );
  }
  if (token.tokenType !== t.UnclosedString) return undefined;
  const help = token.image.startsWith('`')
    ? 'A quoted name is not empty, stands on one line and ends with a backquote.'
    : 'Add the closing quote on the same line. In "…" a backslash escapes the quote behind it: write """…""" or double the backslash.';
  return createDiagnostic(
    'EQL1003',
    'This quote is never closed',
    { start: span.start, end: span.start + 1 },
    { help },
  );
};

const explainDecimalName: Explanation = ({ token, previous, span }) => {
  if (token?.tokenType !== t.Decimal || previous === undefined || !token.image.startsWith('.')) return undefined;
  if (previous.tokenType !== t.Identifier && previous.tokenType !== t.BackquotedIdentifier) return undefined;
  const name = token.image.slice(1);
  return createDiagnostic('EQL1011', `A part of a field's name that begins with a digit needs backquotes`, span, {
    help: `Write .\`${name}\``,
    fix: { title: 'Quote the name', span, replacement: `.\`${name}\``, safe: true },
  });
};

const explainKeywordName: Explanation = ({ token, previous, next, span, expected }) => {
  if (token === undefined || !tokenMatcher(token, t.Keyword)) return undefined;
  if (previous?.tokenType !== t.Dot && !expected.includes('field')) return undefined;
  if (token.tokenType === t.Where && previous?.tokenType === t.Where && !isUsedAsName(next)) {
    return createDiagnostic('EQL1002', 'This "where" is one too many', span, {
      fix: { title: 'Remove it', span: { start: spanOfToken(previous).end, end: span.end }, replacement: '' },
    });
  }
  return createDiagnostic('EQL1011', `"${token.image}" is a reserved word`, span, {
    help: `To use it as a field's name, write \`${token.image}\`.`,
    fix: {
      title: 'Quote the name',
      span,
      replacement: `\`${token.image}\``,
      ...(previous?.tokenType === t.Dot ? { safe: true as const } : {}),
    },
  });
};

/** Whether what follows a word shows that a field was meant. */
function isUsedAsName(next: IToken | undefined): boolean {
  const follows = [...COMPARISONS, t.Dot, t.Colon, t.In, t.InTilde, t.Like, t.LikeTilde, t.Regex, t.RegexTilde];
  return next !== undefined && follows.includes(next.tokenType);
}

const explainKeywordCase: Explanation = ({ token, previous, span }) => {
  // The culprit may also be the name before: in `process WHERE x` both are names.
  for (const candidate of [token, previous]) {
    if (candidate?.tokenType !== t.Identifier) continue;
    const lower = candidate.image.toLowerCase();
    if (candidate.image === lower || !t.KEYWORD_TEXTS.includes(lower)) continue;
    const at = candidate === token ? span : spanOfToken(candidate);
    return createDiagnostic('EQL1002', `Keywords are written in lower case: "${lower}"`, at, {
      fix: { title: `Use ${lower}`, span: at, replacement: lower, safe: true },
    });
  }
  return undefined;
};

const explainChain: Explanation = ({ token, tokens, span }) => {
  if (token === undefined || !COMPARISONS.includes(token.tokenType)) return undefined;
  const at = tokens.indexOf(token);
  const before = tokens.slice(Math.max(0, at - 8), at).some((other) => COMPARISONS.includes(other.tokenType));
  if (!before || tokens[at - 1] === undefined || COMPARISONS.includes((tokens[at - 1] ?? token).tokenType))
    return undefined;
  return createDiagnostic('EQL1012', 'Comparisons cannot be chained', span, {
    help: 'Join two comparisons with "and": a < b and b < c.',
  });
};

const explainEmptyList: Explanation = ({ token, previous, span }) => {
  if (token?.tokenType !== t.ParenClose || previous === undefined) return undefined;
  if (previous.tokenType === t.ParenOpen) {
    return createDiagnostic('EQL1002', 'An empty pair of parentheses holds no value', span, {
      help: 'A list or group needs at least one member.',
    });
  }
  if (previous.tokenType !== t.Comma) return undefined;
  const comma = spanOfToken(previous);
  return createDiagnostic('EQL1002', 'A list does not end with a comma', comma, {
    fix: { title: 'Remove the comma', span: comma, replacement: '', safe: true },
  });
};

const explainPattern: Explanation = ({ text, token, previous, next, span }) => {
  if (token === undefined || previous === undefined) return undefined;
  if (![t.Colon, t.Like, t.LikeTilde, t.Regex, t.RegexTilde].includes(previous.tokenType)) return undefined;
  const message = `The right side of "${previous.image}" is a string or a list of strings`;
  if (token.tokenType !== t.Identifier || next?.tokenType === t.Dot) return createDiagnostic('EQL1002', message, span);
  // All that stands together: `sh*` is two tokens.
  const [word = token.image] = /^[^\s()[\]",|]+/u.exec(text.slice(span.start)) ?? [];
  const whole = { start: span.start, end: span.start + word.length };
  const quoted = quoteString(word);
  return createDiagnostic('EQL1002', message, whole, {
    help: `Did you mean ${quoted}?`,
    fix: { title: 'Put it into quotes', span: whole, replacement: quoted },
  });
};

/** A query of another language, which begins with a field. */
const explainMissingCategory: Explanation = ({ tokens, token, expected }) => {
  const [first] = tokens;
  if (first === undefined || expected !== '"where"' || tokens.indexOf(token ?? first) > 1) return undefined;
  const span = spanOfToken(first);
  if (token === undefined) {
    return createDiagnostic(
      'EQL1002',
      'The query ends; expected "where"',
      { start: span.end, end: span.end },
      {
        help: `Say what events it wants: ${shorten(first.image)} where true takes all of the category.`,
      },
    );
  }
  if (![t.Dot, t.Colon, ...COMPARISONS, t.In, t.InTilde, t.Like, t.LikeTilde].includes(token.tokenType))
    return undefined;
  return createDiagnostic('EQL1002', 'A query begins with an event category and "where", not with a field', span, {
    help: 'Write process where … for events of the category process, or any where … for all.',
  });
};

const explainByDefault: Explanation = ({ token, previous, span, expected }) => {
  const found = token === undefined ? 'the query ends' : `unexpected ${describeToken(token)}`;
  const message = expected === '' ? capitalize(found) : `${capitalize(found)}; expected ${expected}`;
  const near = [token, previous].map((candidate) => keywordNear(candidate)).find((help) => help !== undefined);
  return createDiagnostic('EQL1002', message, span, {
    help: near ?? explainStringEnd(token, previous) ?? (expected === '"where"' ? SHAPE_OF_QUERY : undefined),
  });
};

const SHAPE_OF_QUERY =
  'Events are asked for by <category> where <condition>, such as: process where process.name == "cmd.exe"';

/** A name right behind a string: the string began at a quote that should have ended one. */
function explainStringEnd(token: IToken | undefined, previous: IToken | undefined): string | undefined {
  if (token === undefined || previous === undefined || !tokenMatcher(previous, t.StringLiteral)) return undefined;
  if (spanOfToken(previous).end !== spanOfToken(token).start || token.tokenType !== t.Identifier) return undefined;
  return `The string before it is ${shorten(previous.image)}: is a quote missing there?`;
}

function keywordNear(token: IToken | undefined): string | undefined {
  if (token?.tokenType !== t.Identifier || token.image.length < 3) return undefined;
  const near = suggestName(token.image, t.KEYWORD_TEXTS);
  return near === undefined ? undefined : `Did you mean "${near}"?`;
}

const EXPLANATIONS: readonly Explanation[] = [
  explainUnclosedText,
  explainOperator,
  explainCharacter,
  explainNumber,
  explainDecimalName,
  explainUnclosedBracket,
  explainUnopenedBracket,
  explainMissingComma,
  explainBareStage,
  explainMissingCategory,
  explainInfixNot,
  explainEmptyList,
  explainKeywordCase,
  explainKeywordName,
  explainChain,
  explainPattern,
  explainBareCall,
  explainByDefault,
];

/** Turns the parser's first error into a diagnostic with a place and, where one fits, a cure. */
export function explainSyntaxError(error: IRecognitionException, text: string, tokens: readonly IToken[]): Diagnostic {
  const token = tokens.includes(error.token) ? error.token : undefined;
  const index = token === undefined ? tokens.length : tokens.indexOf(token);
  const previous = tokens[index - 1];
  const end = previous === undefined ? text.length : spanOfToken(previous).end;
  const span = token === undefined ? { start: end, end } : spanOfToken(token);
  const place: ErrorPlace = { text, tokens, token, previous, next: tokens[index + 1], span, expected: error.message };
  for (const explain of EXPLANATIONS) {
    const diagnostic = explain(place);
    if (diagnostic !== undefined) return diagnostic;
  }
  return createDiagnostic('EQL1002', 'Unexpected token', span);
}

function shorten(image: string): string {
  return image.length > 40 ? `${image.slice(0, 40)}…` : image;
}

function describeToken(token: IToken): string {
  const image = shorten(token.image);
  return tokenMatcher(token, t.StringLiteral) ? `string ${image}` : `"${image}"`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
