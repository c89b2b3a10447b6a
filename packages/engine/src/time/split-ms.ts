/**
 * Milliseconds since 1970 in two parts. V8 keeps a number that has more than 31 bits in an object of its own, which costs where
 * there are a million of them and the garbage collector visits each.
 */
const LOW_RANGE = 2 ** 30;

/** The upper part of whole milliseconds. */
export function upperMs(ms: number): number {
  return Math.floor(ms / LOW_RANGE);
}

/** The lower part, which is never negative; `upper` is the upper one. */
export function lowerMs(ms: number, upper: number): number {
  return ms - upper * LOW_RANGE;
}

/** The milliseconds of two parts. */
export function joinMs(upper: number, lower: number): number {
  return upper * LOW_RANGE + lower;
}
