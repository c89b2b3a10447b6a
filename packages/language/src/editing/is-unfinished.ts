import {
  Any,
  BracketClose,
  BracketOpen,
  False,
  Identifier,
  Join,
  Keyword,
  MissingOpen,
  Null,
  ParenClose,
  ParenOpen,
  Sample,
  Sequence,
  StringLiteral,
  tokenize,
  True,
  UnclosedComment,
} from '../syntax/tokens.js';

/**
 * Whether a text is the beginning of a query of which more must come: a parenthesis, bracket or comment is open, the
 * last word wants another, or a sequence, join or sample has fewer than two stages. A text that is wrong altogether is
 * not unfinished.
 */
export function isUnfinished(text: string): boolean {
  const { tokens } = tokenize(text);
  const [first] = tokens;
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) return false;
  if (tokens.some(({ tokenType }) => tokenType === UnclosedComment)) return true;
  const brackets = countBrackets(tokens);
  if (brackets === null) return false;
  if (brackets.open > 0) return true;
  const staged = [Sequence, Join, Sample].includes(first.tokenType);
  const runs = tokens.some(({ image }, place) => image === 'runs' && tokens[place - 1]?.image === 'with');
  if (staged && brackets.stages < 2 && !(brackets.stages === 1 && runs)) return true;
  return tokens.length === 1 ? isCategory(first) : wantsMore(last);
}

type Tokens = ReturnType<typeof tokenize>['tokens'];

/** How many parentheses and brackets are open at the end, and how many brackets stand alone; null if one closes nothing. */
function countBrackets(tokens: Tokens): { open: number; stages: number } | null {
  let open = 0;
  let stages = 0;
  for (const { tokenType } of tokens) {
    const bracket = tokenType === BracketOpen || tokenType === MissingOpen;
    if (bracket && open === 0) stages += 1;
    if (bracket || tokenType === ParenOpen) open += 1;
    if (tokenType === ParenClose || tokenType === BracketClose) open -= 1;
    if (open < 0) return null;
  }
  return { open, stages };
}

function isCategory({ tokenType }: Tokens[number]): boolean {
  return tokenType === Identifier || tokenType === Any || (tokenType.CATEGORIES ?? []).includes(StringLiteral);
}

/** Whether nothing can end with this token. */
function wantsMore({ tokenType, image }: Tokens[number]): boolean {
  if ([True, False, Null].includes(tokenType)) return false;
  return (tokenType.CATEGORIES ?? []).includes(Keyword) || /^(?:[=!<>]=|[<>=:,+\-*/%|.])$/u.test(image);
}
