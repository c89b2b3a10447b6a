import { checkRegexSize, MAX_REGEX_DEPTH, RegexSyntaxError, type RegexProblem } from './regex-limits.js';

/** What the first look at a pattern of Python or Java finds. */
export interface PythonRegexSize {
  readonly ok: true;
  /** How many characters it stands for when its repeats are written out; never too low. */
  readonly size: number;
}

/**
 * Looks at the outline of a regular expression of Python's or Java's syntax before it is compiled: are its groups and classes
 * closed, so that it can be put into a group of its own, and how large does it get when repeats are written out? What
 * the rest means is left to the compiler.
 */
export function checkPythonRegex(pattern: string): PythonRegexSize | RegexProblem {
  const tooLong = checkRegexSize(pattern.length, 0);
  if (tooLong !== null) return tooLong;
  try {
    const size = Math.max(measure(pattern), pattern.length);
    return checkRegexSize(size, 0) ?? { ok: true, size };
  } catch (error) {
    if (error instanceof RegexSyntaxError) return error.toProblem();
    throw error;
  }
}

interface OpenGroup {
  readonly offset: number;
  /** Written-out size of what the group holds so far, its latest item excluded. */
  size: number;
  /** Written-out size of the latest item, which a repeat would multiply. */
  latest: number;
}

const TOKEN = /\\[pPxN]\{[^}]*\}|\\[^]|\[\^?(?:\]|(?!\]))(?:\\[^]|\[:[a-z^]+:\]|[^\]\\])*\]|\{(\d+)(,?)(\d*)\}|[^]/uy;

/** The size of a pattern when its repeats are written out. */
function measure(pattern: string): number {
  const groups: OpenGroup[] = [];
  let group: OpenGroup = { offset: 0, size: 0, latest: 0 };
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(pattern); match !== null; match = TOKEN.exec(pattern)) {
    const [token, min, comma, max] = match;
    refuse(token, match.index, pattern);
    if (min !== undefined) {
      group.latest *= Math.max(1, Number(min), comma === ',' ? Number(max) : 0);
    } else if (token === '(') {
      groups.push(group);
      if (groups.length > MAX_REGEX_DEPTH) {
        throw new RegexSyntaxError(`Groups are nested more than ${MAX_REGEX_DEPTH} deep.`, match.index);
      }
      group = { offset: match.index, size: 0, latest: 0 };
    } else if (token === ')') {
      const outer = groups.pop();
      if (outer === undefined) throw new RegexSyntaxError('This ) closes nothing.', match.index);
      outer.size += outer.latest;
      outer.latest = group.size + group.latest;
      group = outer;
    } else {
      group.size += group.latest;
      group.latest = 1;
    }
  }
  if (groups.length > 0) throw new RegexSyntaxError('This ( is never closed.', group.offset);
  return group.size + group.latest;
}

/** Escapes that mean nothing here, or something else to RE2 than to Python. */
const FOREIGN_ESCAPE = /^\\[1-9QCzZ]/u;

/** Look-around, references to groups, conditions, comments and atomic groups. */
const FOREIGN_GROUP = /^\(\?(?:<?[=!]|P[=>]|[(#>])/u;

/** Refuses by name what RE2 lacks, and what would swallow the text behind the pattern. */
function refuse(token: string, offset: number, pattern: string): void {
  if (token === '\\') throw new RegexSyntaxError('The regular expression ends with a backslash.', offset);
  if (token === '[') throw new RegexSyntaxError('This [ is never closed.', offset);
  const foreign = FOREIGN_ESCAPE.exec(token)?.[0] ?? FOREIGN_GROUP.exec(pattern.slice(offset, offset + 4))?.[0];
  if (foreign !== undefined) {
    throw new RegexSyntaxError(`${foreign} is not supported in regular expressions.`, offset, foreign);
  }
  if (token === '{' && /^\{,\d+\}/u.test(pattern.slice(offset, offset + 12))) {
    throw new RegexSyntaxError('Write {0,n} instead of {,n}.', offset);
  }
}
