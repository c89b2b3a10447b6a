import { tokenMatcher, type IParserErrorMessageProvider, type IToken, type TokenType } from '#chevrotain';
import * as t from './tokens.js';

/** How each token is named in messages, where its name alone would not do. */
const TOKEN_TEXTS: ReadonlyMap<TokenType, string> = new Map([
  [t.Identifier, 'a name'],
  [t.TildeIdentifier, 'a function name'],
  [t.BackquotedIdentifier, 'a name'],
  [t.Variable, 'a variable'],
  [t.StringLiteral, 'a string'],
  [t.Integer, 'a whole number'],
  [t.Decimal, 'a number'],
  [t.TimeSpan, 'a time span'],
  [t.Where, '"where"'],
  [t.By, '"by"'],
  [t.With, '"with"'],
  [t.Maxspan, '"maxspan"'],
  [t.BracketOpen, '"["'],
  [t.MissingOpen, '"!["'],
  [t.BracketClose, '"]"'],
  [t.ParenOpen, '"("'],
  [t.ParenClose, '")"'],
  [t.Comma, '","'],
  [t.Equal, '"="'],
]);

/** What to call a token that was expected. */
function nameTokenType(type: TokenType): string {
  return TOKEN_TEXTS.get(type) ?? `"${type.name.replace('Tilde', '~').toLowerCase()}"`;
}

/** What was expected instead, for an error of Chevrotain's; the sentence around it is made by `explainSyntaxError`. */
export const syntaxMessages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => nameTokenType(expected),
  buildNotAllInputParsedMessage: () => '',
  buildNoViableAltMessage: ({ expectedPathsPerAlt, ruleName, previous }) =>
    expectation(ruleName, previous) ?? listTokens(expectedPathsPerAlt.flat().map((path) => path[0])),
  buildEarlyExitMessage: ({ expectedIterationPaths, ruleName, previous }) =>
    expectation(ruleName, previous) ?? listTokens(expectedIterationPaths.map((path) => path[0])),
};

/** Rules whose alternatives are too many to list. */
function expectation(ruleName: string, previous: IToken): string | undefined {
  switch (ruleName) {
    case 'query':
      return 'a query, such as: process where process.name == "cmd.exe"';
    case 'definitions':
      return 'a definition, such as: const LIMIT = 5';
    case 'filter':
      return 'an event category, such as process, or any';
    case 'primary':
      return 'a field, a value or a function call';
    case 'predicate':
      return tokenMatcher(previous, t.Not) ? '"in"' : 'a string, or a list of strings in parentheses';
    case 'constant':
      return 'a constant';
    case 'sequence':
    case 'join':
    case 'sample':
      return 'a stage in brackets, such as [process where true]';
    default:
      return undefined;
  }
}

function listTokens(types: readonly (TokenType | undefined)[]): string {
  const names = new Set<string>();
  for (const type of types) if (type !== undefined) names.add(nameTokenType(type));
  return [...names].join(' or ');
}
