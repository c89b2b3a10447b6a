/** How many nested groups a regular expression may have. */
export const MAX_REGEX_DEPTH = 200;

/**
 * How many characters the regular expressions of one condition may stand for together, their repeats such as `{1,254}`
 * written out. It bounds memory and the time to compile. Elasticsearch allows 1,000 before repeats are written out.
 */
const MAX_REGEX_SIZE = 2_000;

/** The largest count in `{…}`. */
export const MAX_REPEAT = 1_000;

/** Most instructions of the compiled expressions of one condition; those of published rules have 513 at most. */
export const MAX_PROGRAM_SIZE = 2_000;

/**
 * How many steps one test may take at most: each character of the text may meet each instruction. Hostile expressions
 * take 20 to 60 ns a step, where ordinary ones have one step for each character.
 */
const MAX_STEPS = 8_000_000;

/** The longest text, in UTF-16 units, that a program of so many instructions may be tried on. */
export function longestTextFor(programSize: number): number {
  return Math.floor(MAX_STEPS / Math.max(1, programSize));
}

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

/** The problem of expressions that stand for too many characters, or `null`. */
export function checkRegexSize(size: number, offset: number): RegexProblem | null {
  if (size <= MAX_REGEX_SIZE) return null;
  const message = `The regular expressions stand for more than ${MAX_REGEX_SIZE} characters when repeats are written out.`;
  return { ok: false, message, offset };
}
