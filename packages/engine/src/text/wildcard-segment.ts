import { ANY_CHARACTER, createBitParallelSearch } from './bit-parallel-search.js';

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

/** The same for a segment without `?`, which `indexOf` finds fast except in texts made to slow it down. */
const LONG_LITERAL = 1_024;

/** Compiles a segment that holds no `*`; `?` is plain text unless `questionMark` is set. */
export function compileWildcardSegment(source: string, questionMark: boolean): WildcardSegment {
  return questionMark && source.includes('?') ? mixedSegment(source) : literalSegment(source);
}

function literalSegment(literal: string): WildcardSegment {
  const length = literal.length;
  return {
    literal,
    matchAt: (text, start) => (text.startsWith(literal, start) ? start + length : -1),
    matchBefore: (text, end) => (text.endsWith(literal, end) ? end - length : -1),
    find: bitParallelFind(literal, LONG_LITERAL, false) ?? literalFind(literal),
  };
}

function literalFind(literal: string): WildcardSegment['find'] {
  const length = literal.length;
  return (text, from) => {
    const at = text.indexOf(literal, from);
    return at === -1 ? -1 : at + length;
  };
}

function mixedSegment(source: string): WildcardSegment {
  const units = toUnits(source);
  const reversed = units.toReversed();
  return {
    literal: undefined,
    matchAt: (text, start) => matchForwards(units, text, start),
    matchBefore: (text, end) => matchBackwards(reversed, text, end),
    find: bitParallelFind(source, LONG_SEGMENT, true) ?? anchoredFind(source, units),
  };
}

function bitParallelFind(source: string, minLength: number, questionMark: boolean): WildcardSegment['find'] | null {
  if (source.length < minLength) return null;
  return createBitParallelSearch(
    Array.from(source, (character) =>
      questionMark && character === '?' ? ANY_CHARACTER : (character.codePointAt(0) ?? 0),
    ),
  );
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
