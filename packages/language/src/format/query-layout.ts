import { tokenMatcher, type IToken } from '#chevrotain';
import * as t from '../syntax/tokens.js';
import type { AttachedComment, FormatToken, FormatTokens } from './format-token.js';
import {
  closingLine,
  fill,
  group,
  hardLine,
  indent,
  innerSuffix,
  softLine,
  spaceLine,
  suffix,
  type Layout,
} from './layout.js';
import { needsSpace } from './token-spacing.js';

/** Longest item of a list whose items fill lines instead of standing one on each. */
const FILLED_ITEM_LENGTH = 32;

/**
 * Lays out the tokens of a query that parses. All tokens come out in their order, and nothing but white space and
 * comments lies between them: the query means the same, however this class groups it.
 */
export function layOutQuery({ tokens, end }: FormatTokens): Layout {
  return new QueryLayout(tokens).layOut(end);
}

/** Tokens of a list from one comma to the next. */
interface ListItem {
  readonly from: number;
  readonly to: number;
  readonly last: boolean;
}

class QueryLayout {
  /** For each opening bracket, where it closes. */
  private readonly closers: ReadonlyMap<number, number>;
  /** Tokens whose leading comments are written already. */
  private readonly begun = new Set<number>();

  constructor(private readonly tokens: readonly FormatToken[]) {
    this.closers = matchBrackets(tokens);
  }

  layOut(end: readonly AttachedComment[]): Layout {
    const pipes = this.indexesAtDepth(0, this.tokens.length, t.Pipe);
    const bodyEnd = pipes[0] ?? this.tokens.length;
    const parts: Layout[] = [this.beginLine(0)];
    parts.push(this.isOne(0, [t.Sequence, t.Join, t.Sample]) ? this.staged(bodyEnd) : group(this.event(0, bodyEnd)));
    for (const [index, pipe] of pipes.entries()) {
      parts.push(this.newLine(pipe), this.run(pipe, pipes[index + 1] ?? this.tokens.length));
    }
    parts.push(commentsBehind(end));
    return parts;
  }

  /** `sequence by … with maxspan=…`, a line for each stage, `until […]`. */
  private staged(to: number): Layout {
    let at = this.findStage(0, to);
    const parts: Layout[] = [this.run(0, at)];
    while (at < to) {
      const until = this.isOne(at, [t.Until]);
      const open = until ? at + 1 : at;
      const next = this.findStage((this.closers.get(open) ?? open) + 1, to);
      const line = [this.newLine(at), ...(until ? [this.token(at), ' '] : []), this.stage(open, next)];
      parts.push(until ? line : indent(line));
      at = next;
    }
    return parts;
  }

  /** Where the next stage or `until` begins. */
  private findStage(from: number, to: number): number {
    for (let at = from; at < to; at += 1) {
      if (this.isOne(at, [t.Until, t.MissingOpen])) return at;
      if (this.isOne(at, [t.BracketOpen]) && !this.isPosition(at)) return at;
    }
    return to;
  }

  /** `[category where condition] by … with runs=…`. */
  private stage(open: number, to: number): Layout {
    const close = this.closers.get(open) ?? open;
    return [this.bracketed(open), close + 1 < to ? [' ', this.run(close + 1, to)] : ''];
  }

  private bracketed(open: number): Layout {
    const close = this.closers.get(open) ?? open;
    const opening = this.token(open);
    const commented = this.at(open + 1).leading.some(({ breakBehind }) => breakBehind);
    const event = commented
      ? indent([hardLine(), this.beginLine(open + 1), this.event(open + 1, close)])
      : this.event(open + 1, close);
    return this.closed([opening, event, indent(this.closingComments(close))], close);
  }

  /** `category where condition`. */
  private event(from: number, to: number): Layout {
    const where = this.indexesAtDepth(from, to, t.Where)[0] ?? from;
    return [this.run(from, where + 1), indent([spaceLine(), this.beginLine(where + 1), this.condition(where + 1, to)])];
  }

  /** A condition, whose lines belong to the group around it. */
  private condition(from: number, to: number): Layout {
    for (const operator of [t.Or, t.And]) {
      const operators = this.indexesAtDepth(from, to, operator);
      if (operators.length > 0) return this.chain(from, to, operators);
    }
    return this.run(from, to);
  }

  private chain(from: number, to: number, operators: readonly number[]): Layout {
    const parts: Layout[] = [];
    let at = from;
    for (const operator of [...operators, to]) {
      if (at > from) parts.push(spaceLine(this.at(at).blankBefore), this.beginLine(at));
      const operand = this.condition(at, operator);
      // Only an operand without parentheses of its own has lines to indent: `a and b` in an `or`.
      parts.push(group(this.indexesAtDepth(at, operator, t.And).length > 0 ? indent(operand) : operand));
      if (operator < to) parts.push(' ', this.token(operator));
      at = operator + 1;
    }
    return parts;
  }

  /** Tokens side by side, with what is in parentheses laid out by itself. */
  private run(from: number, to: number): Layout {
    const parts: Layout[] = [];
    for (let at = from; at < to; at += 1) {
      if (at > from && this.spaceBefore(at, from)) parts.push(' ');
      const close = this.closers.get(at);
      if (close === undefined || this.isPosition(at)) {
        parts.push(this.token(at));
        continue;
      }
      parts.push(this.isOne(at, [t.ParenOpen]) ? this.parentheses(at, close) : this.bracketed(at));
      at = close;
    }
    return parts;
  }

  /** `(condition)` or `(item, item)`. */
  private parentheses(open: number, close: number): Layout {
    const opening = [this.token(open), indent(open + 1 < close ? [softLine(), this.beginLine(open + 1)] : '')];
    const items = this.itemsOf(open + 1, close);
    const [first] = items;
    let inside: Layout = '';
    if (items.length > 1) inside = this.list(items);
    else if (first !== undefined) inside = this.condition(first.from, first.to);
    return this.closed([opening, indent([inside, this.closingComments(close)])], close);
  }

  /** The items of a list; each ends before its comma. */
  private itemsOf(from: number, to: number): readonly ListItem[] {
    if (from === to) return [];
    const items: ListItem[] = [];
    let at = from;
    for (const comma of [...this.indexesAtDepth(from, to, t.Comma), to]) {
      items.push({ from: at, to: comma, last: comma === to });
      at = comma + 1;
    }
    return items;
  }

  /** An item on each line, or short ones side by side between comments and empty lines. */
  private list(items: readonly ListItem[]): Layout {
    const short = items.map((item) => this.shortText(item));
    const filled = short.every((text) => text !== null);
    const parts: Layout[] = [];
    let words: string[] = [];
    for (const [index, item] of items.entries()) {
      const begins = index > 0 && (!filled || this.beginsParagraph(item.from));
      if (begins) {
        if (words.length > 0) parts.push(fill(words));
        words = [];
        parts.push(spaceLine(this.at(item.from).blankBefore), this.beginLine(item.from));
      }
      const text = short[index] ?? null;
      if (filled && text !== null) words.push(text + (item.last ? '' : ','));
      else parts.push(this.item(item));
    }
    return words.length > 0 ? [...parts, fill(words)] : parts;
  }

  private item({ from, to, last }: ListItem): Layout {
    const value = group(this.condition(from, to));
    return last ? value : [value, this.spaceBefore(to, from) ? ' ' : '', this.token(to)];
  }

  private beginsParagraph(at: number): boolean {
    const { leading, blankBefore } = this.at(at);
    return blankBefore || leading.length > 0;
  }

  /** A short item as it is written; `null` if it is long, has parentheses or has comments other than lines before it. */
  private shortText({ from, to, last }: ListItem): string | null {
    let text = '';
    // Before a closing bracket: behind the item, once the bracket has a line of its own.
    if (last && this.at(to).leading[0]?.breakBefore === false) return null;
    for (let at = from; at < (last ? to : to + 1); at += 1) {
      const { leading, trailing, image } = this.at(at);
      const between = at === from ? leading.at(-1)?.breakBehind === false : leading.length > 0;
      if (between || trailing.length > 0 || this.closers.has(at)) return null;
      if (this.isOne(at, [t.And, t.Or])) return null;
      if (at < to) text += (at > from && this.spaceBefore(at, from) ? ' ' : '') + image;
    }
    return text.length <= FILLED_ITEM_LENGTH ? text : null;
  }

  private spaceBefore(at: number, from: number): boolean {
    const { token, leading } = this.at(at);
    if (leading.some(({ breakBehind }) => !breakBehind)) return true;
    const before = at - 2 >= from ? this.at(at - 2).token : undefined;
    const previous = this.at(at - 1).token;
    // maxspan=1m, runs=3 and fork=true; a comparison in brackets or behind "where" never gets here with such names.
    if (isOption(previous) && tokenMatcher(token, t.Equal)) return false;
    if (tokenMatcher(previous, t.Equal) && before !== undefined && isOption(before)) return false;
    return needsSpace(before, previous, token);
  }

  /** A break that is always taken, and the comments before the token behind it. */
  private newLine(at: number): Layout {
    return [hardLine(this.at(at).blankBefore), this.beginLine(at)];
  }

  /** The comments before a token at the start of a line. */
  private beginLine(at: number): Layout {
    if (at >= this.tokens.length || this.begun.has(at)) return '';
    this.begun.add(at);
    const { leading, blankAfterComments } = this.at(at);
    return leading.map(({ text, breakBehind }, index): Layout => {
      const blank = leading[index + 1]?.blankBefore ?? blankAfterComments;
      return [text, breakBehind ? hardLine(blank) : ' '];
    });
  }

  /** A group and its closing bracket. A comment behind that does not break the group. */
  private closed(content: Layout, close: number): Layout {
    const { image, trailing } = this.at(close);
    return [group([content, closingLine(), image]), trailing.map(({ text }) => suffix(text))];
  }

  /** The comments before a closing bracket. */
  private closingComments(at: number): Layout {
    this.begun.add(at);
    return commentsBehind(this.at(at).leading);
  }

  /** A token and its comments. In the middle of a line, a comment that had its own goes to the end of this one. */
  private token(at: number): Layout {
    const { image, leading, trailing } = this.at(at);
    const before = this.begun.has(at)
      ? []
      : leading.map(({ text, breakBehind }): Layout => (breakBehind ? suffix(text) : `${text} `));
    return [before, image, trailing.map(({ text }) => suffix(text))];
  }

  /** The tokens of a type between two places that stand in no bracket there. */
  private indexesAtDepth(from: number, to: number, type: typeof t.Or): readonly number[] {
    const found: number[] = [];
    for (let at = from; at < to; at += 1) {
      if (this.isOne(at, [type])) found.push(at);
      at = this.closers.get(at) ?? at;
    }
    return found;
  }

  /** Whether a bracket opens a position in an array, as in `field[0]`. */
  private isPosition(at: number): boolean {
    return this.isOne(at, [t.BracketOpen]) && this.isOne(at + 1, [t.Integer]);
  }

  private isOne(at: number, types: readonly (typeof t.Or)[]): boolean {
    const token = this.tokens[at]?.token;
    return token !== undefined && types.some((type) => tokenMatcher(token, type));
  }

  private at(at: number): FormatToken {
    const token = this.tokens[at];
    if (token === undefined) throw new Error(`A query has no token ${at}.`);
    return token;
  }
}

/** Comments that end what stands before them, on its line or on their own, as they were. */
function commentsBehind(comments: readonly AttachedComment[]): Layout {
  return comments.map(({ text, breakBefore, blankBefore }): Layout =>
    breakBefore ? [hardLine(blankBefore), text] : innerSuffix(text),
  );
}

function isOption(token: IToken): boolean {
  return ['maxspan', 'runs', 'fork'].includes(token.image);
}

function matchBrackets(tokens: readonly FormatToken[]): ReadonlyMap<number, number> {
  const closers = new Map<number, number>();
  const open: number[] = [];
  for (const [index, { token }] of tokens.entries()) {
    if ([t.ParenOpen, t.BracketOpen, t.MissingOpen].some((type) => tokenMatcher(token, type))) open.push(index);
    if (![t.ParenClose, t.BracketClose].some((type) => tokenMatcher(token, type))) continue;
    const opener = open.pop();
    if (opener !== undefined) closers.set(opener, index);
  }
  return closers;
}
