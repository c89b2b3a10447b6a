import {
  addOtherAsciiCase,
  complementRanges,
  isAsciiLetter,
  re2CharacterClass,
  re2CodePoint,
  type CodePointRange,
} from './code-point-set.js';
import { numericIntervalRegex } from './numeric-interval.js';
import { checkRegexSize, MAX_REGEX_DEPTH, MAX_REPEAT, RegexSyntaxError, type RegexProblem } from './regex-limits.js';

/** A pattern in RE2 syntax, to be anchored at both ends and read with `.` matching line breaks too. */
export interface LuceneTranslation {
  readonly ok: true;
  readonly re2: string;
  /** How many characters it stands for when its repeats are written out; at least its length. */
  readonly size: number;
}

/**
 * Translates a regular expression from Lucene's syntax, which Elasticsearch's `regex` on fields uses, to that of RE2.
 *
 * Unlike in Perl's syntax `^` and `$` are plain characters, `"…"` is literal text, `@` any string, `#` no string,
 * `<1-20>` a number in that range, and a repeat or `|` that has nothing in front of it stands for itself. `*?` and `+?`
 * are read as an optional repeat, which matches the same whole values. `\d \s \w` and their opposites are ASCII only.
 * With `caseInsensitive` A to Z equal a to z, in ranges too; other letters keep their case, as Elasticsearch has it.
 *
 * Refused by name: `~` (complement), `&` (intersection), look-around and other `(?…)` groups, back-references, and an
 * escaped letter that means nothing here, such as `\b` or `\n`.
 */
export function translateLuceneRegex(pattern: string, caseInsensitive = false): LuceneTranslation | RegexProblem {
  const tooLong = checkRegexSize(pattern.length, 0);
  if (tooLong !== null) return tooLong;
  try {
    const part = new LuceneRegexReader(pattern, caseInsensitive).read();
    const size = Math.max(part.size, pattern.length);
    return checkRegexSize(size, 0) ?? { ok: true, re2: part.re2, size };
  } catch (error) {
    if (error instanceof RegexSyntaxError) return error.toProblem();
    throw error;
  }
}

/** A translated part: its RE2 text, which a repeat can follow as it is, and its size when repeats are written out. */
interface Part {
  readonly re2: string;
  readonly size: number;
}

const ANY_STRING: Part = { re2: '(?:.*)', size: 1 };
const NO_STRING: Part = { re2: '[^\\x{0}-\\x{10ffff}]', size: 1 };
const EMPTY_STRING: Part = { re2: '(?:)', size: 0 };

const DIGIT: readonly CodePointRange[] = [[0x30, 0x39]];
const SPACE: readonly CodePointRange[] = [
  [0x09, 0x0a],
  [0x0d, 0x0d],
  [0x20, 0x20],
];
const WORD: readonly CodePointRange[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];

const PREDEFINED_CLASSES: ReadonlyMap<string, readonly CodePointRange[]> = new Map([
  ['d', DIGIT],
  ['D', complementRanges(DIGIT)],
  ['s', SPACE],
  ['S', complementRanges(SPACE)],
  ['w', WORD],
  ['W', complementRanges(WORD)],
]);

const REPEATS = '?*+{';
const LARGEST_INTERVAL_BOUND = 2_147_483_647;
const LONGEST_INTERVAL_BOUND = 10;

/**
 * Reads Lucene's grammar by recursive descent:
 *
 *     union  := concat ("|" concat)*
 *     concat := repeat+
 *     repeat := atom ("?" | "*" | "+" | "{n}" | "{n,}" | "{n,m}")*
 *     atom   := "[" class "]" | "." | "#" | "@" | '"' text '"' | "()" | "(" union ")" | "<n-m>" | character
 */
class LuceneRegexReader {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly pattern: string,
    private readonly caseInsensitive: boolean,
  ) {}

  read(): Part {
    if (this.pattern === '') return EMPTY_STRING;
    const part = this.readUnion();
    if (this.at < this.pattern.length) throw new RegexSyntaxError('This ) closes nothing.', this.at);
    return part;
  }

  private readUnion(): Part {
    const parts = [this.readConcatenation()];
    while (this.skip('|')) parts.push(this.readConcatenation());
    return { re2: parts.map(({ re2 }) => re2).join('|'), size: sumOfSizes(parts) };
  }

  private readConcatenation(): Part {
    const parts = [this.readRepeat()];
    while (this.at < this.pattern.length && !this.isNext(')|')) parts.push(this.readRepeat());
    return { re2: parts.map(({ re2 }) => re2).join(''), size: sumOfSizes(parts) };
  }

  private readRepeat(): Part {
    let part = this.readAtom();
    let starred = false;
    while (this.isNext(REPEATS)) {
      const start = this.at;
      if (this.skip('{')) {
        part = this.readCount(part, start);
        starred = false;
        continue;
      }
      const operator = this.next();
      if (starred) continue;
      // A group around the part lets a further repeat follow.
      part = { re2: `(?:${part.re2}${operator})`, size: part.size };
      starred = operator === '*';
    }
    return part;
  }

  private readCount(part: Part, start: number): Part {
    const min = this.readInteger(start);
    const max = this.skip(',') ? (this.isNext('}') ? undefined : this.readInteger(start)) : min;
    if (!this.skip('}')) throw new RegexSyntaxError('A } is missing after the count.', this.at);
    if (max !== undefined && max < min) throw new RegexSyntaxError(`{${min},${max}} ends below its start.`, start);
    const size = part.size * Math.max(1, max ?? min);
    const problem = checkRegexSize(size, start);
    if (problem !== null) throw new RegexSyntaxError(problem.message, start);
    return { re2: `(?:${part.re2}{${min}${max === min ? '' : `,${max ?? ''}`}})`, size };
  }

  private readInteger(start: number): number {
    const digits = /^\d+/u.exec(this.pattern.slice(this.at, this.at + 12))?.[0];
    if (digits === undefined) {
      throw new RegexSyntaxError('A { must be followed by a count; write \\{ for the character.', start);
    }
    this.at += digits.length;
    if (Number(digits) > MAX_REPEAT) throw new RegexSyntaxError(`A count may be at most ${MAX_REPEAT}.`, start);
    return Number(digits);
  }

  private readAtom(): Part {
    const start = this.at;
    const character = this.next();
    switch (character) {
      case '[':
        return this.readClass(start);
      case '.':
        return { re2: '.', size: 1 };
      case '#':
        return NO_STRING;
      case '@':
        return ANY_STRING;
      case '"':
        return this.readQuoted(start);
      case '(':
        return this.readGroup(start);
      case '<':
        return this.readInterval(start);
      case '~':
        throw unsupported('~', 'complement', start);
      case '&':
        throw unsupported('&', 'intersection', start);
      case '\\':
        return this.readEscape(start);
      default:
        return this.literal(character);
    }
  }

  private readGroup(start: number): Part {
    if (this.skip(')')) return EMPTY_STRING;
    if (this.isNext('?')) {
      const operator = /^\(\?(?:<?[=!]|P?[<>=]|.)?/u.exec(this.pattern.slice(start, start + 5))?.[0] ?? '(?';
      throw unsupported(operator, 'special group', start);
    }
    this.depth += 1;
    if (this.depth > MAX_REGEX_DEPTH) {
      throw new RegexSyntaxError(`Groups are nested more than ${MAX_REGEX_DEPTH} deep.`, start);
    }
    const { re2, size } = this.readUnion();
    this.depth -= 1;
    if (!this.skip(')')) throw new RegexSyntaxError('This ( is never closed.', start);
    return { re2: `(?:${re2})`, size };
  }

  private readQuoted(start: number): Part {
    const end = this.pattern.indexOf('"', this.at);
    if (end === -1) {
      throw new RegexSyntaxError('This quotation mark is never closed; write \\" for the character.', start);
    }
    const parts = Array.from(this.pattern.slice(this.at, end), (character) => this.literal(character));
    this.at = end + 1;
    return { re2: `(?:${parts.map(({ re2 }) => re2).join('')})`, size: parts.length };
  }

  private readInterval(start: number): Part {
    const end = this.pattern.indexOf('>', this.at);
    if (end === -1) throw new RegexSyntaxError('This < is never closed; write \\< for the character.', start);
    const [, min, max] = /^(\d+)-(\d+)$/u.exec(this.pattern.slice(this.at, end)) ?? [];
    if (min === undefined || max === undefined) throw unsupported('<', 'named pattern', start);
    if (Math.max(Number(min), Number(max)) > LARGEST_INTERVAL_BOUND) {
      throw new RegexSyntaxError(`A bound of a range of numbers may be at most ${LARGEST_INTERVAL_BOUND}.`, start);
    }
    if (Math.max(min.length, max.length) > LONGEST_INTERVAL_BOUND) {
      const message = `A bound of a range of numbers may have at most ${LONGEST_INTERVAL_BOUND} digits.`;
      throw new RegexSyntaxError(message, start);
    }
    this.at = end + 1;
    const re2 = numericIntervalRegex(min, max);
    return { re2, size: re2.length };
  }

  private readEscape(start: number): Part {
    const ranges = this.readPredefinedClass(start);
    return ranges === undefined ? this.literal(this.next()) : { re2: re2CharacterClass(ranges, false), size: 1 };
  }

  /** Reads the letter of `\d` and its like; refuses other letters and digits, and leaves anything else. */
  private readPredefinedClass(start: number): readonly CodePointRange[] | undefined {
    const character = this.pattern.charAt(this.at);
    const ranges = PREDEFINED_CLASSES.get(character);
    if (ranges !== undefined) {
      this.at += 1;
      return ranges;
    }
    if (/\d/u.test(character)) throw unsupported(`\\${character}`, 'back-reference', start);
    if (/[A-Za-z]/u.test(character)) throw unsupported(`\\${character}`, 'escape', start);
    return undefined;
  }

  private readClass(start: number): Part {
    const negated = this.skip('^');
    const ranges: CodePointRange[] = [];
    do {
      if (this.at >= this.pattern.length) throw new RegexSyntaxError('This [ is never closed.', start);
      ranges.push(...this.readClassItem());
    } while (!this.skip(']'));
    return { re2: re2CharacterClass(this.caseInsensitive ? addOtherAsciiCase(ranges) : ranges, negated), size: 1 };
  }

  private readClassItem(): readonly CodePointRange[] {
    const start = this.at;
    if (this.skip('\\')) {
      const ranges = this.readPredefinedClass(start);
      if (ranges !== undefined) return ranges;
    }
    const first = this.nextCodePoint();
    if (!this.skip('-')) return [[first, first]];
    this.skip('\\');
    const last = this.nextCodePoint();
    if (last < first) {
      const range = this.pattern.slice(start, this.at);
      throw new RegexSyntaxError(`The range ${range} ends below its start; write \\- for a hyphen.`, start);
    }
    return [[first, last]];
  }

  private literal(character: string): Part {
    const codePoint = character.codePointAt(0) ?? 0;
    const folded = this.caseInsensitive && isAsciiLetter(codePoint);
    const re2 = folded ? `[${character.toLowerCase()}${character.toUpperCase()}]` : re2CodePoint(codePoint);
    return { re2, size: 1 };
  }

  private isNext(characters: string): boolean {
    return this.at < this.pattern.length && characters.includes(this.pattern.charAt(this.at));
  }

  private skip(character: string): boolean {
    if (!this.isNext(character)) return false;
    this.at += 1;
    return true;
  }

  private next(): string {
    return String.fromCodePoint(this.nextCodePoint());
  }

  private nextCodePoint(): number {
    const codePoint = this.pattern.codePointAt(this.at);
    if (codePoint === undefined) throw new RegexSyntaxError('The regular expression ends too early.', this.at);
    this.at += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }
}

function sumOfSizes(parts: readonly Part[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0);
}

function unsupported(operator: string, name: string, offset: number): RegexSyntaxError {
  return new RegexSyntaxError(`${operator} (${name}) is not supported in regular expressions.`, offset, operator);
}
