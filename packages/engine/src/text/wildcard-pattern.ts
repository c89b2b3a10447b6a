import { foldCase, type CaseFolding } from './case-folding.js';
import { compileWildcardSegment, type WildcardSegment } from './wildcard-segment.js';

/** Whether a text satisfies a compiled pattern. */
export type TextTest = (text: string) => boolean;

/** How patterns are read, and what to do where one cannot be tried. */
export interface WildcardOptions {
  /** `?` is any one character. Off in Python EQL, where it is plain text. Default: on. */
  readonly questionMark?: boolean;
  /**
   * Called when a text is too long for a pattern that has `?` in a stretch of 64 characters or more: over 134,217,728
   * divided by a 32nd of the stretch. The pattern does not match then.
   */
  readonly onLongText?: () => void;
}

/**
 * Compiles a pattern of `:`, `like` and `wildcard()` to a test of a whole value. `*` is any run of characters, line
 * breaks included, also an empty one; `?` is exactly one character, a surrogate pair counting once. Nothing escapes:
 * a backslash is plain text. The test never backtracks over a `*`: it looks at the text about once, or where a long stretch
 * between two `*` has `?` at each place once for every 32 characters of the stretch.
 */
export function compileWildcardPattern(pattern: string, folding: CaseFolding, options: WildcardOptions = {}): TextTest {
  return foldFirst(compileFolded(foldCase(pattern, folding), options), folding);
}

/**
 * Compiles a list of patterns to one test: does any of them match? The text is folded once for the whole list, and
 * the patterns without wildcards cost one look-up together. No pattern of an empty list matches.
 */
export function compileWildcardPatterns(
  patterns: readonly string[],
  folding: CaseFolding,
  options: WildcardOptions = {},
): TextTest {
  const [first, ...others] = patterns;
  if (first !== undefined && others.length === 0) return compileWildcardPattern(first, folding, options);
  const exact = new Set<string>();
  const tests = new Map<string, TextTest>();
  for (const pattern of patterns) {
    const folded = foldCase(pattern, folding);
    if (hasWildcard(folded, options)) tests.set(folded, compileFolded(folded, options));
    else exact.add(folded);
  }
  return foldFirst(anyOf(exact, [...tests.values()]), folding);
}

function hasWildcard(pattern: string, { questionMark = true }: WildcardOptions): boolean {
  return pattern.includes('*') || (questionMark && pattern.includes('?'));
}

function foldFirst(test: TextTest, folding: CaseFolding): TextTest {
  return folding === 'none' ? test : (text) => test(foldCase(text, folding));
}

function anyOf(exact: ReadonlySet<string>, tests: readonly TextTest[]): TextTest {
  if (tests.length === 0) return (text) => exact.has(text);
  return (text) => {
    if (exact.has(text)) return true;
    for (const test of tests) if (test(text)) return true;
    return false;
  };
}

function compileFolded(pattern: string, { questionMark = true, onLongText }: WildcardOptions): TextTest {
  const options = { questionMark, onLongText };
  const segments = pattern.split(/\*+/u).map((source) => compileWildcardSegment(source, options));
  const head = segments[0] ?? compileWildcardSegment('', options);
  const tail = segments.at(-1);
  if (tail === undefined || segments.length === 1) return whole(head);
  const middle = segments.slice(1, -1);
  if (middle.length === 0) return edges(head, tail);
  const [only] = middle;
  if (only !== undefined && middle.length === 1 && head.literal === '' && tail.literal === '') return inside(only);
  return (text) => {
    let at = head.matchAt(text, 0);
    if (at === -1) return false;
    const end = tail.matchBefore(text, text.length);
    for (const segment of middle) {
      at = segment.find(text, at);
      if (at === -1 || at > end) return false;
    }
    return at <= end;
  };
}

function whole({ literal, matchAt }: WildcardSegment): TextTest {
  return literal === undefined ? (text) => matchAt(text, 0) === text.length : (text) => text === literal;
}

function inside({ find }: WildcardSegment): TextTest {
  return (text) => find(text, 0) !== -1;
}

function edges(head: WildcardSegment, tail: WildcardSegment): TextTest {
  const prefix = head.literal;
  const suffix = tail.literal;
  if (prefix === '' && suffix === '') return () => true;
  if (suffix === '')
    return prefix === undefined ? (text) => head.matchAt(text, 0) !== -1 : (text) => text.startsWith(prefix);
  if (prefix === '') {
    return suffix === undefined
      ? (text) => tail.matchBefore(text, text.length) !== -1
      : (text) => text.endsWith(suffix);
  }
  if (prefix !== undefined && suffix !== undefined) {
    const shortest = prefix.length + suffix.length;
    return (text) => text.length >= shortest && text.startsWith(prefix) && text.endsWith(suffix);
  }
  return (text) => {
    const at = head.matchAt(text, 0);
    return at !== -1 && at <= tail.matchBefore(text, text.length);
  };
}
