import { pipeNames } from '../check/pipe-names.js';
import { DIALECTS, type Dialect } from '../dialect.js';
import { FUNCTION_SIGNATURES, printSignature, type FunctionSignature } from '../functions/function-signatures.js';
import { quoteString } from '../syntax/literals.js';
import { printFieldPath } from '../syntax/print-query.js';
import type { Span } from '../syntax/span.js';
import { spanOfToken } from '../syntax/token-span.js';
import {
  BracketClose,
  BracketOpen,
  Comma,
  Colon,
  Dot,
  EqualEqual,
  Identifier,
  Keyword,
  MissingOpen,
  NotEqual,
  ParenOpen,
  Pipe,
  StringLiteral,
  tokenize,
  UnclosedString,
} from '../syntax/tokens.js';

/** What a completion offers. */
export interface Completion {
  /** The text that takes the place of `span`. */
  readonly text: string;
  readonly kind: 'keyword' | 'function' | 'category' | 'field' | 'alias' | 'value' | 'pipe';
  /** A signature or a type, for display. */
  readonly detail: string | null;
}

/** The offers at a place of a text, and the part of the text that one of them replaces. */
export interface CompletionList {
  readonly span: Span;
  readonly completions: readonly Completion[];
}

/** What is known of the data that the query will be asked of. */
export interface CompletionContext {
  readonly dialect?: Dialect;
  readonly categories?: readonly string[];
  /** Field names with their types, if known. */
  readonly fields?: ReadonlyMap<string, string | null>;
  /** Values seen in a field, the most frequent first. */
  readonly valuesOf?: (field: string) => readonly string[];
}

/** Control, formatting and unpaired characters: an offer with one would write to the terminal what nobody sees. */
const UNPRINTABLE = /[\p{C}\u2028\u2029]/u;

/** What may stand at an offset of a query that is being written. Offers are in the order of their use. */
export function complete(text: string, offset: number, context: CompletionContext = {}): CompletionList {
  const before = text.slice(0, offset);
  const { tokens } = tokenize(before);
  const last = tokens.at(-1);
  if (last !== undefined && last.tokenType === UnclosedString) {
    return completeValue(before, spanOfToken(last), tokens.slice(0, -1), context);
  }
  const word = /(?:[A-Za-z_@][A-Za-z0-9_]*\.)*[A-Za-z_@]?[A-Za-z0-9_]*~?$/u.exec(before)?.[0] ?? '';
  const span = { start: offset - word.length, end: offset };
  const ahead = tokens.filter((token) => token.startOffset < span.start);
  const [owner = '', ...inner] = word.split('.');
  const candidates =
    inner.length > 0 && aliasesIn(ahead, context).includes(owner)
      ? fieldsOf(context, `${owner}.`)
      : candidatesAfter(ahead, context);
  const fitting = candidates.filter(({ text: name }) => name !== word && fits(name, word));
  // What agrees in case, too, is meant.
  const exact = fitting.filter(({ text: name }) => name.startsWith(word));
  return { span, completions: exact.length > 0 ? exact : fitting };
}

function fits(name: string, word: string): boolean {
  return name.toLowerCase().startsWith(word.toLowerCase());
}

type Tokens = ReturnType<typeof tokenize>['tokens'];

function candidatesAfter(ahead: Tokens, context: CompletionContext): readonly Completion[] {
  const dialect = context.dialect ?? DIALECTS.elasticsearch;
  const last = ahead.at(-1);
  const category = (name: string): Completion => ({ text: name, kind: 'category', detail: null });
  const keyword = (name: string): Completion => ({ text: name, kind: 'keyword', detail: null });
  const categories = [...(context.categories ?? []), 'any'].map(category);
  if (last === undefined) {
    return [...categories, ...['sequence', 'sample', ...(dialect.endgameQueries ? ['join'] : [])].map(keyword)];
  }
  if (last.tokenType === BracketOpen || last.tokenType === MissingOpen) return categories;
  if (last.tokenType === Pipe) {
    return pipeNames(dialect).map((name) => ({ text: name, kind: 'pipe', detail: null }));
  }
  const fields = fieldsOf(context);
  switch (last.image) {
    case 'sequence':
    case 'sample':
    case 'join':
      return ['by', 'with'].map(keyword);
    case 'with':
      return ['maxspan', 'runs'].map(keyword);
    case 'by':
      return fields;
  }
  if (last.tokenType === BracketClose || isAlias(ahead, ahead.length - 1)) {
    return ['by', 'with', ...(dialect.aliases ? ['as'] : []), 'until'].map(keyword);
  }
  if (last.image === 'as' && isBehindStage(ahead, ahead.length - 1)) return [];
  const aliases = aliasesIn(ahead, context).map((name): Completion => ({
    text: `${name}.`,
    kind: 'alias',
    detail: 'the event of an earlier stage',
  }));
  const previous = ahead.at(-2);
  if (
    previous === undefined ||
    (last.tokenType === Identifier && [BracketOpen, MissingOpen].includes(previous.tokenType))
  ) {
    return [keyword('where')];
  }
  return expectsOperand(last)
    ? [...aliases, ...fields, ...functionsOf(dialect), ...['not', 'true', 'false', 'null'].map(keyword)]
    : ['and', 'or', 'in', 'in~', 'like', 'like~', 'regex', 'regex~', 'not', 'until', 'with', 'by'].map(keyword);
}

/** The fields of the data, each behind a prefix. */
function fieldsOf({ fields }: CompletionContext, prefix = ''): readonly Completion[] {
  return [...(fields ?? [])]
    .filter(([name]) => !UNPRINTABLE.test(name))
    .map(([name, type]) => ({ text: `${prefix}${printFieldPath(name.split('.'))}`, kind: 'field', detail: type }));
}

/** The names that stages have been given: `[…] as name`. */
function aliasesIn(tokens: Tokens, { dialect = DIALECTS.elasticsearch }: CompletionContext): readonly string[] {
  if (!dialect.aliases) return [];
  return [...new Set(tokens.filter((_, place) => isAlias(tokens, place)).map(({ image }) => image))];
}

/** Whether the token at a place is the name of a stage; within brackets `as` is a field. */
function isAlias(tokens: Tokens, place: number): boolean {
  return (
    tokens[place]?.tokenType === Identifier && tokens[place - 1]?.image === 'as' && isBehindStage(tokens, place - 1)
  );
}

/** Whether a place is outside of brackets, and behind some. */
function isBehindStage(tokens: Tokens, place: number): boolean {
  const bracket = tokens
    .slice(0, place)
    .findLast(({ tokenType }) => [BracketOpen, MissingOpen, BracketClose].includes(tokenType));
  return bracket?.tokenType === BracketClose;
}

/** Whether an operand comes behind a token, rather than an operator. */
function expectsOperand(last: Tokens[number]): boolean {
  const categories = last.tokenType.CATEGORIES ?? [];
  if (categories.includes(Keyword)) return !['true', 'false', 'null'].includes(last.image);
  return [ParenOpen, Comma, EqualEqual, NotEqual].includes(last.tokenType) || /^[<>=+\-*/%?]+$/u.test(last.image);
}

function functionsOf(dialect: Dialect): readonly Completion[] {
  const signatures: readonly FunctionSignature[] = Object.values(FUNCTION_SIGNATURES);
  return signatures
    .filter(({ dialects }) => dialects === undefined || dialects.includes(dialect.name))
    .map((signature) => ({ text: `${signature.name}(`, kind: 'function', detail: printSignature(signature) }));
}

/** Values for a string that is being written behind a field and an operator, or in a list behind them. */
function completeValue(before: string, token: Span, ahead: Tokens, context: CompletionContext): CompletionList {
  const written = before.slice(token.start);
  const quote = written.startsWith('"""') ? '"""' : written.charAt(0);
  const span = { start: token.start, end: before.length };
  const field = fieldBefore(ahead);
  const values = field === null ? [] : (context.valuesOf?.(withoutAlias(field, ahead, context)) ?? []);
  const wanted = written.slice(quote.length).toLowerCase();
  const completions = values.flatMap((value): readonly Completion[] => {
    if (!value.toLowerCase().startsWith(wanted)) return [];
    const quoted = quoteValue(value, quote);
    return quoted === null ? [] : [{ text: quoted, kind: 'value', detail: null }];
  });
  return { span, completions };
}

/** The field of the data that is meant where a field of an earlier stage is named. */
function withoutAlias(field: string, tokens: Tokens, context: CompletionContext): string {
  const alias = aliasesIn(tokens, context).find((name) => field.startsWith(`${name}.`));
  return alias === undefined ? field : field.slice(alias.length + 1);
}

/** A value as a string that begins with the quote; null where no such string can hold it. */
function quoteValue(value: string, quote: string): string | null {
  const text = quoteWith(value, quote);
  return text === null || UNPRINTABLE.test(text) ? null : text;
}

function quoteWith(value: string, quote: string): string | null {
  switch (quote) {
    case '"':
      return quoteString(value);
    case "'":
      return `'${value.replace(/[\\']/gu, '\\$&')}'`;
    case '"""':
      return value.includes('"""') || value.endsWith('"') ? null : `"""${value}"""`;
    default:
      return null;
  }
}

/** The field that a comparison or list at the end of the tokens is about. */
function fieldBefore(tokens: Tokens): string | null {
  let at = tokens.length - 1;
  const isValue = (place: number): boolean => (tokens[place]?.tokenType.CATEGORIES ?? []).includes(StringLiteral);
  while (at >= 0 && (tokens[at]?.tokenType === Comma || isValue(at))) at -= 1;
  if (tokens[at]?.tokenType === ParenOpen) at -= 1;
  const operator = tokens[at];
  if (operator === undefined) return null;
  const words = ['in', 'in~', 'like', 'like~', 'regex', 'regex~'];
  const compares = [EqualEqual, NotEqual, Colon].includes(operator.tokenType) || words.includes(operator.image);
  if (!compares) return null;
  at -= 1;
  if (tokens[at]?.image === 'not') at -= 1;
  const parts: string[] = [];
  for (; tokens[at]?.tokenType === Identifier; at -= 2) {
    parts.unshift(tokens[at]?.image ?? '');
    if (tokens[at - 1]?.tokenType !== Dot) break;
  }
  return parts.length === 0 ? null : parts.join('.');
}
