/** How many nested groups a regular expression may have. */
export const MAX_REGEX_DEPTH = 200;

/** How many UTF-16 units one regular expression may have. */
const MAX_REGEX_LENGTH = 4_000;

/** The largest count in `{…}`. */
export const MAX_REPEAT = 1_000;

/**
 * How many characters repeats such as `{1,254}` may add to the regular expressions of one condition when they are
 * written out. It bounds compile time, memory and the cost of each character of the text.
 */
const MAX_REPEATED_SIZE = 2_000;

/** Why a regular expression cannot be used. */
export interface RegexProblem {
  readonly ok: false;
  readonly message: string;
  /** Where in the pattern, in UTF-16 units. */
  readonly offset: number;
  /** The construct that is known but not supported, such as `~` or `(?=`. */
  readonly operator?: string;
}

/** Thrown inside a pattern reader and caught at its entry. */
export class RegexSyntaxError extends Error {
  constructor(
    message: string,
    readonly offset: number,
    readonly operator?: string,
  ) {
    super(message);
  }

  /** The error as plain data. */
  toProblem(): RegexProblem {
    const { message, offset, operator } = this;
    return { ok: false, message, offset, ...(operator === undefined ? {} : { operator }) };
  }
}

/** The problem of a pattern that is too long, or `null`. */
export function checkRegexLength(pattern: string): RegexProblem | null {
  if (pattern.length <= MAX_REGEX_LENGTH) return null;
  return {
    ok: false,
    message: `The regular expression has more than ${MAX_REGEX_LENGTH} characters.`,
    offset: MAX_REGEX_LENGTH,
  };
}

/** The problem of repeats that add too much, or `null`. */
export function checkRepeatedSize(repeatedSize: number, offset: number): RegexProblem | null {
  if (repeatedSize <= MAX_REPEATED_SIZE) return null;
  return {
    ok: false,
    message: `The repeats of the regular expression stand for more than ${MAX_REPEATED_SIZE} characters.`,
    offset,
  };
}
