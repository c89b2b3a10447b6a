import { ANY_CHARACTER, createBitParallelSearch } from './bit-parallel-search.js';
import { indexOfText } from './linear-search.js';

/** The stretch of a wildcard pattern between two `*`: literal text in which each `?` is any one character. */
export interface WildcardSegment {
  /** The text, if the segment has no `?`. */
  readonly literal: string | undefined;
  /** Where a match that begins at `start` ends, or -1. */
  readonly matchAt: (text: string, start: number) => number;
  /** Where a match that stops at `end` begins, or -1. */
  readonly matchBefore: (text: string, end: number) => number;
  /** Where the leftmost match at or after `from` ends, or -1. */
  readonly find: (text: string, from: number) => number;
}

/** From this many characters on, trying a segment with `?` at one place after another could take too long. */
const LONG_SEGMENT = 64;

/** How many steps a search for a segment with `?` may take: a third of a second at most. */
const MAX_STEPS = 2 ** 27;

const WORD_BITS = 32;

/** What to know about a segment beside its characters. */
export interface SegmentOptions {
  /** Whether `?` is any one character, or plain text. */
  readonly questionMark: boolean;
  /** Called when a text is so long that a segment with `?` is not looked for in it, which then counts as not there. */
  readonly onLongText: (() => void) | undefined;
}

/** Compiles a segment that holds no `*`. */
export function compileWildcardSegment(source: string, options: SegmentOptions): WildcardSegment {
  return options.questionMark && source.includes('?')
    ? mixedSegment(source, options.onLongText)
    : literalSegment(source);
}

function literalSegment(literal: string): WildcardSegment {
  const length = literal.length;
  return {
    literal,
    matchAt: (text, start) => (text.startsWith(literal, start) ? start + length : -1),
    matchBefore: (text, end) => (text.endsWith(literal, end) ? end - length : -1),
    find: literalFind(literal),
  };
}

function literalFind(literal: string): WildcardSegment['find'] {
  const length = literal.length;
  return (text, from) => {
    const at = indexOfText(text, literal, from);
    return at === -1 ? -1 : at + length;
  };
}

function mixedSegment(source: string, onLongText: SegmentOptions['onLongText']): WildcardSegment {
  const units = toUnits(source);
  const reversed = units.toReversed();
  return {
    literal: undefined,
    matchAt: (text, start) => matchForwards(units, text, start),
    matchBefore: (text, end) => matchBackwards(reversed, text, end),
    find: source.length < LONG_SEGMENT ? anchoredFind(source, units) : boundedFind(source, units, onLongText),
  };
}

function boundedFind(
  source: string,
  units: readonly number[],
  onLongText: SegmentOptions['onLongText'],
): WildcardSegment['find'] {
  const bitParallel = createBitParallelSearch(
    Array.from(source, (character) => (character === '?' ? ANY_CHARACTER : (character.codePointAt(0) ?? 0))),
  );
  const find = bitParallel ?? anchoredFind(source, units);
  const stepsPerUnit = bitParallel === null ? source.length : Math.ceil(source.length / WORD_BITS);
  const longest = Math.floor(MAX_STEPS / stepsPerUnit);
  return (text, from) => {
    if (text.length - from <= longest) return find(text, from);
    onLongText?.();
    return -1;
  };
}

/** Looks for the first literal part of a segment, and tries the rest where it stands. */
function anchoredFind(source: string, units: readonly number[]): WildcardSegment['find'] {
  const [, leading = '', anchor = ''] = /^(\?*)([^?]*)/u.exec(source) ?? [];
  const gap = toUnits(leading);
  const rest = units.slice(leading.length + anchor.length);
  return (text, from) => {
    let at = matchForwards(gap, text, from);
    if (at === -1 || anchor === '') return at;
    for (at = text.indexOf(anchor, at); at !== -1; at = text.indexOf(anchor, at + 1)) {
      const end = matchForwards(rest, text, at + anchor.length);
      if (end !== -1) return end;
    }
    return -1;
  };
}

function toUnits(source: string): readonly number[] {
  return Array.from({ length: source.length }, (_, at) => (source[at] === '?' ? ANY_CHARACTER : source.charCodeAt(at)));
}

function matchForwards(units: readonly number[], text: string, start: number): number {
  let at = start;
  for (const unit of units) {
    if (at >= text.length) return -1;
    const code = text.charCodeAt(at);
    if (unit === ANY_CHARACTER) {
      if (isHighSurrogate(code) && isLowSurrogate(text.charCodeAt(at + 1))) at += 1;
    } else if (unit !== code) {
      return -1;
    }
    at += 1;
  }
  return at;
}

function matchBackwards(reversedUnits: readonly number[], text: string, end: number): number {
  let at = end;
  for (const unit of reversedUnits) {
    at -= 1;
    if (at < 0) return -1;
    const code = text.charCodeAt(at);
    if (unit === ANY_CHARACTER) {
      if (isLowSurrogate(code) && isHighSurrogate(text.charCodeAt(at - 1))) at -= 1;
    } else if (unit !== code) {
      return -1;
    }
  }
  return at;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
