/** Code points from the first to the second, both included. */
export type CodePointRange = readonly [first: number, last: number];

const LAST_CODE_POINT = 0x10ffff;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const LOWER_A = 0x61;
const LOWER_Z = 0x7a;
const CASE_DISTANCE = 0x20;

/** Everything that is in none of the ranges. */
export function complementRanges(ranges: readonly CodePointRange[]): CodePointRange[] {
  const result: CodePointRange[] = [];
  let next = 0;
  for (const [first, last] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (first > next) result.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  if (next <= LAST_CODE_POINT) result.push([next, LAST_CODE_POINT]);
  return result;
}

/** The ranges together with the other case of every ASCII letter in them. */
export function addOtherAsciiCase(ranges: readonly CodePointRange[]): CodePointRange[] {
  const result = [...ranges];
  for (const [first, last] of ranges) {
    const upper: CodePointRange = [Math.max(first, UPPER_A), Math.min(last, UPPER_Z)];
    const lower: CodePointRange = [Math.max(first, LOWER_A), Math.min(last, LOWER_Z)];
    if (upper[0] <= upper[1]) result.push([upper[0] + CASE_DISTANCE, upper[1] + CASE_DISTANCE]);
    if (lower[0] <= lower[1]) result.push([lower[0] - CASE_DISTANCE, lower[1] - CASE_DISTANCE]);
  }
  return result;
}

/** One code point in RE2 syntax, safe inside and outside a character class. */
export function re2CodePoint(codePoint: number): string {
  const plain = (codePoint >= 0x30 && codePoint <= 0x39) || isAsciiLetter(codePoint);
  return plain ? String.fromCodePoint(codePoint) : `\\x{${codePoint.toString(16)}}`;
}

/** A character class in RE2 syntax. */
export function re2CharacterClass(ranges: readonly CodePointRange[], negated: boolean): string {
  const items = ranges.map(([first, last]) =>
    first === last ? re2CodePoint(first) : `${re2CodePoint(first)}-${re2CodePoint(last)}`,
  );
  return `[${negated ? '^' : ''}${items.join('')}]`;
}

/** Whether a code point is A to Z or a to z. */
export function isAsciiLetter(codePoint: number): boolean {
  return (codePoint >= UPPER_A && codePoint <= UPPER_Z) || (codePoint >= LOWER_A && codePoint <= LOWER_Z);
}
