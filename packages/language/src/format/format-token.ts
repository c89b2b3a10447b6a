import type { IToken } from 'chevrotain';
import type { Comment } from '../syntax/ast.js';
import { tokenize } from '../syntax/tokens.js';

/** A comment and how it stands to the token that it belongs to. */
export interface AttachedComment {
  readonly text: string;
  /** What stands before it is on another line. */
  readonly breakBefore: boolean;
  /** What stands behind it is on another line. */
  readonly breakBehind: boolean;
  /** An empty line stands before it. */
  readonly blankBefore: boolean;
}

/** A token with the comments around it. Every comment of a query belongs to exactly one token. */
export interface FormatToken {
  readonly token: IToken;
  readonly image: string;
  /** Comments between the token before and this one. */
  readonly leading: readonly AttachedComment[];
  /** Comments at the end of the token's line. */
  readonly trailing: readonly AttachedComment[];
  /** An empty line stands before the token, or before its first comment. */
  readonly blankBefore: boolean;
  /** An empty line stands between the last comment and the token. */
  readonly blankAfterComments: boolean;
}

/** The tokens of a query, and the comments behind the last one. */
export interface FormatTokens {
  readonly tokens: readonly FormatToken[];
  readonly end: readonly AttachedComment[];
}

/** Cuts a query into tokens and gives each comment to its neighbour. */
export function readFormatTokens(text: string, comments: readonly Comment[]): FormatTokens {
  const { tokens } = tokenize(text);
  const gaps = splitGaps(text, tokens, comments);
  return {
    tokens: tokens.map((token, index) => {
      const before = gaps[index] ?? EMPTY_GAP;
      const after = gaps[index + 1] ?? EMPTY_GAP;
      const { leading, blankBefore, blankAfterComments } = before;
      return { token, image: token.image, leading, trailing: after.trailing, blankBefore, blankAfterComments };
    }),
    end: gaps[tokens.length]?.leading ?? [],
  };
}

/** What stands between two tokens: comments of the first, then comments of the second. */
interface Gap {
  readonly trailing: readonly AttachedComment[];
  readonly leading: readonly AttachedComment[];
  readonly blankBefore: boolean;
  readonly blankAfterComments: boolean;
}

const EMPTY_GAP: Gap = { trailing: [], leading: [], blankBefore: false, blankAfterComments: false };

function splitGaps(text: string, tokens: readonly IToken[], comments: readonly Comment[]): readonly Gap[] {
  const gaps: Gap[] = [];
  let next = 0;
  for (let index = 0; index <= tokens.length; index += 1) {
    const start = endOf(tokens[index - 1]);
    const end = tokens[index]?.startOffset ?? text.length;
    const inside: Comment[] = [];
    for (let comment = comments[next]; comment !== undefined && comment.span.start < end; comment = comments[next]) {
      inside.push(comment);
      next += 1;
    }
    gaps.push(readGap(text, start, end, inside, index === tokens.length, index === 0));
  }
  return gaps;
}

function readGap(
  text: string,
  start: number,
  end: number,
  comments: readonly Comment[],
  last: boolean,
  first: boolean,
): Gap {
  const trailing: AttachedComment[] = [];
  const leading: AttachedComment[] = [];
  let at = start;
  // The same for all comments of the token's line, so that many of them need not be looked at again for each.
  let commentsEndLine: boolean | undefined;
  for (const [index, { span }] of comments.entries()) {
    const before = text.slice(at, span.start);
    const following = comments[index + 1]?.span.start ?? end;
    const behind = text.slice(span.end, following);
    const endsLine = countBreaks(behind) > 0 || (last && following === end);
    const sameLine = !first && leading.length === 0 && countBreaks(before) === 0;
    const comment = {
      text: normalizeComment(text.slice(span.start, span.end)),
      breakBefore: countBreaks(before) > 0,
      breakBehind: endsLine,
      blankBefore: countBreaks(before) > 1,
    };
    // A comment on the line of a token belongs to it if nothing but comments follow on that line.
    if (sameLine && (commentsEndLine ??= restOfLineIsComments(text, comments, index, end, last)))
      trailing.push(comment);
    else leading.push(comment);
    at = span.end;
  }
  const blankAtEnd = countBreaks(text.slice(at, end)) > 1;
  const [firstLeading] = leading;
  return {
    trailing,
    leading,
    blankBefore: firstLeading === undefined ? blankAtEnd : firstLeading.blankBefore,
    blankAfterComments: firstLeading !== undefined && blankAtEnd,
  };
}

/** Whether the line on which a comment ends holds no token behind it. */
function restOfLineIsComments(
  text: string,
  comments: readonly Comment[],
  index: number,
  end: number,
  last: boolean,
): boolean {
  for (let at = index; at < comments.length; at += 1) {
    const from = comments[at]?.span.end ?? end;
    const to = comments[at + 1]?.span.start ?? end;
    if (countBreaks(text.slice(from, to)) > 0) return true;
  }
  return last;
}

function endOf(token: IToken | undefined): number {
  return token === undefined ? 0 : token.startOffset + token.image.length;
}

/** Line breaks in what stands between comments and tokens. */
function countBreaks(space: string): number {
  return space.match(/\r\n|\r|\n/gu)?.length ?? 0;
}

function normalizeComment(text: string): string {
  return text.replace(/\r\n?/gu, '\n').trimEnd();
}
