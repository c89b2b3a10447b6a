import { createToken, Lexer, type CustomPatternMatcherFunc, type IToken, type TokenType } from '#chevrotain';
import { scanBlockComment, scanQuoted, scanRawString, scanUnescaped } from './scan.js';

type Scan = (text: string, start: number) => { end: number; closed: boolean } | null;

/** Turns a scanner into a Chevrotain pattern that takes the token only if it is closed, or only if it is not. */
function scanned(scan: Scan, closed: boolean): CustomPatternMatcherFunc {
  return (text, offset) => {
    const found = scan(text, offset);
    if (found === null || found.closed !== closed) return null;
    return [text.slice(offset, found.end)];
  };
}

const scanString: Scan = (text, start) => {
  if (text.startsWith('"""', start)) return scanRawString(text, start);
  return text.charAt(start) === '"' ? scanQuoted(text, start, '"') : null;
};
const scanRaw: Scan = (text, start) => (text.startsWith('"""', start) ? scanRawString(text, start) : null);
const scanSingleQuoted: Scan = (text, start) => (text.charAt(start) === "'" ? scanQuoted(text, start, "'") : null);
const scanQuestionString: Scan = (text, start) => {
  const quote = text.charAt(start + 1);
  return text.charAt(start) === '?' && (quote === '"' || quote === "'") ? scanUnescaped(text, start + 1, quote) : null;
};
const scanComment: Scan = (text, start) => (text.startsWith('/*', start) ? scanBlockComment(text, start) : null);

/** A backquoted name on one line; a doubled backquote stands for one. */
const scanBackquoted: Scan = (text, start) => {
  if (text.charAt(start) !== '`') return null;
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\n' || char === '\r') return { end: at, closed: false };
    if (char !== '`') continue;
    if (text.charAt(at + 1) !== '`') return { end: at + 1, closed: at > start + 1 };
    at += 1;
  }
  return { end: text.length, closed: false };
};

const NO_BREAKS = { line_breaks: false } as const;

// ── Skipped ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const WhiteSpace = createToken({ name: 'WhiteSpace', pattern: /[ \t\r\n]+/u, group: Lexer.SKIPPED });
export const LineComment = createToken({ name: 'LineComment', pattern: /\/\/[^\r\n]*/u, group: 'comments' });
const BlockComment = createToken({
  name: 'BlockComment',
  pattern: scanned(scanComment, true),
  start_chars_hint: ['/'],
  line_breaks: true,
  group: 'comments',
});
export const UnclosedComment = createToken({
  name: 'UnclosedComment',
  pattern: scanned(scanComment, false),
  start_chars_hint: ['/'],
  line_breaks: true,
});

// ── Names and keywords ──────────────────────────────────────────────────────────────────────────────────────────────

/** The category of everything that can stand where a name is wanted. */
export const Identifier = createToken({ name: 'Identifier', pattern: /[A-Za-z_@][A-Za-z0-9_]*/u });
export const TildeIdentifier = createToken({ name: 'TildeIdentifier', pattern: /[A-Za-z_@][A-Za-z0-9_]*~/u });
export const BackquotedIdentifier = createToken({
  name: 'BackquotedIdentifier',
  pattern: scanned(scanBackquoted, true),
  start_chars_hint: ['`'],
  ...NO_BREAKS,
});
export const Variable = createToken({ name: 'Variable', pattern: /\$[A-Za-z_][A-Za-z0-9_]*/u });

/** Marks the reserved words, so that a misplaced one can be told from other tokens. */
export const Keyword = createToken({ name: 'Keyword', pattern: Lexer.NA });

function keyword(name: string, text: string): TokenType {
  const pattern = new RegExp(text, 'u');
  return createToken({
    name,
    pattern,
    categories: [Keyword],
    ...(text.endsWith('~') ? {} : { longer_alt: Identifier }),
  });
}

export const And = keyword('And', 'and');
export const Any = keyword('Any', 'any');
export const By = keyword('By', 'by');
export const False = keyword('False', 'false');
export const InTilde = keyword('InTilde', 'in~');
export const In = keyword('In', 'in');
export const Join = keyword('Join', 'join');
export const LikeTilde = keyword('LikeTilde', 'like~');
export const Like = keyword('Like', 'like');
export const Maxspan = keyword('Maxspan', 'maxspan');
export const Not = keyword('Not', 'not');
export const Null = keyword('Null', 'null');
export const Of = keyword('Of', 'of');
export const Or = keyword('Or', 'or');
export const RegexTilde = keyword('RegexTilde', 'regex~');
export const Regex = keyword('Regex', 'regex');
export const Sample = keyword('Sample', 'sample');
export const Sequence = keyword('Sequence', 'sequence');
export const True = keyword('True', 'true');
export const Until = keyword('Until', 'until');
export const Where = keyword('Where', 'where');
export const With = keyword('With', 'with');

const TILDE_KEYWORDS = [InTilde, LikeTilde, RegexTilde];
const KEYWORDS = [
  And, Any, By, False, In, Join, Like, Maxspan, Not, Null, Of, Or, Regex, Sample, Sequence, True, Until, Where, With,
]; // prettier-ignore

/** The reserved words as they are written. */
export const KEYWORD_TEXTS: readonly string[] = [...KEYWORDS, ...TILDE_KEYWORDS].map((token) =>
  token.name.replace('Tilde', '~').toLowerCase(),
);

// ── Literals ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The category of the two string forms that every dialect has. */
export const StringLiteral = createToken({ name: 'StringLiteral', pattern: Lexer.NA });
export const RawString = createToken({
  name: 'RawString',
  pattern: scanned(scanRaw, true),
  categories: [StringLiteral],
  start_chars_hint: ['"'],
  ...NO_BREAKS,
});
const QuotedString = createToken({
  name: 'QuotedString',
  pattern: scanned(scanString, true),
  categories: [StringLiteral],
  start_chars_hint: ['"'],
  ...NO_BREAKS,
});
export const SingleQuotedString = createToken({
  name: 'SingleQuotedString',
  pattern: scanned(scanSingleQuoted, true),
  categories: [StringLiteral],
  start_chars_hint: ["'"],
  ...NO_BREAKS,
});
export const QuestionString = createToken({
  name: 'QuestionString',
  pattern: scanned(scanQuestionString, true),
  categories: [StringLiteral],
  start_chars_hint: ['?'],
  ...NO_BREAKS,
});
export const UnclosedString = createToken({
  name: 'UnclosedString',
  pattern: (text, offset) =>
    scanned(scanString, false)(text, offset, [], {}) ??
    scanned(scanSingleQuoted, false)(text, offset, [], {}) ??
    scanned(scanQuestionString, false)(text, offset, [], {}) ??
    scanned(scanBackquoted, false)(text, offset, [], {}),
  start_chars_hint: ['"', "'", '?', '`'],
  ...NO_BREAKS,
});
export const Decimal = createToken({
  name: 'Decimal',
  pattern: /(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+/u,
});
export const TimeSpan = createToken({ name: 'TimeSpan', pattern: /\d+[A-Za-z_][A-Za-z0-9_]*/u });
export const Integer = createToken({ name: 'Integer', pattern: /\d+/u });

// ── Punctuation ─────────────────────────────────────────────────────────────────────────────────────────────────────

const punctuation = (name: string, text: string): TokenType => createToken({ name, pattern: text });

export const MissingOpen = punctuation('MissingOpen', '![');
export const EqualEqual = punctuation('EqualEqual', '==');
export const NotEqual = punctuation('NotEqual', '!=');
export const LessEqual = punctuation('LessEqual', '<=');
export const GreaterEqual = punctuation('GreaterEqual', '>=');
export const Less = punctuation('Less', '<');
export const Greater = punctuation('Greater', '>');
export const Equal = punctuation('Equal', '=');
export const BracketOpen = punctuation('BracketOpen', '[');
export const BracketClose = punctuation('BracketClose', ']');
export const ParenOpen = punctuation('ParenOpen', '(');
export const ParenClose = punctuation('ParenClose', ')');
export const Comma = punctuation('Comma', ',');
export const Dot = punctuation('Dot', '.');
export const Colon = punctuation('Colon', ':');
export const Question = punctuation('Question', '?');
export const Pipe = punctuation('Pipe', '|');
export const Plus = punctuation('Plus', '+');
export const Minus = punctuation('Minus', '-');
export const Star = punctuation('Star', '*');
export const Slash = punctuation('Slash', '/');
export const Percent = punctuation('Percent', '%');

/** Any character that begins no other token, so that the parser meets it with its place. */
export const Unknown = createToken({ name: 'Unknown', pattern: /[^]/u, line_breaks: true });

/** Every token in the order in which the lexer tries them. */
export const TOKENS: TokenType[] = [
  WhiteSpace, LineComment, BlockComment, UnclosedComment,
  Keyword, StringLiteral,
  ...TILDE_KEYWORDS, TildeIdentifier, ...KEYWORDS, Identifier, BackquotedIdentifier, Variable,
  RawString, QuotedString, SingleQuotedString, QuestionString, UnclosedString,
  Decimal, TimeSpan, Integer,
  MissingOpen, EqualEqual, NotEqual, LessEqual, GreaterEqual, Less, Greater, Equal,
  BracketOpen, BracketClose, ParenOpen, ParenClose, Comma, Dot, Colon, Question, Pipe,
  Plus, Minus, Star, Slash, Percent,
  Unknown,
]; // prettier-ignore

const lexer = new Lexer(TOKENS, { positionTracking: 'onlyOffset', ensureOptimizations: false });

/** Cuts a text into tokens. Every character ends up in a token, in a comment or in white space. */
export function tokenize(text: string): { tokens: IToken[]; comments: IToken[] } {
  const result = lexer.tokenize(text);
  return { tokens: result.tokens, comments: result.groups['comments'] ?? [] };
}
