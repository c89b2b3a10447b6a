import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';
import { checkPythonRegex } from './check-python-regex.js';
import { checkRepeatedSize, type RegexProblem } from './regex-limits.js';
import { translateLuceneRegex } from './translate-lucene-regex.js';

/** How a list of regular expressions is read. */
export interface RegexOptions {
  /** In Lucene's syntax A to Z equal a to z and nothing more; in Python's every letter equals its other case. */
  readonly caseInsensitive: boolean;
  /**
   * - `lucene`: a pattern must match the whole text, and `.` matches line breaks; see {@link translateLuceneRegex}.
   * - `python`: a pattern must match at the start of the text, as `re.match` does, and `.` stops at line breaks.
   *   Look-around and back-references are refused. `\d`, `\s` and `\w` are ASCII only, and `$` is the very end.
   */
  readonly syntax: 'lucene' | 'python';
}

/** A compiled list of regular expressions: `test` tells whether any of them matches. */
export interface CompiledRegex {
  readonly ok: true;
  readonly test: (text: string) => boolean;
}

/** Why a list of regular expressions cannot be compiled, and which of them is to blame, counted from 0. */
export interface RegexListProblem extends RegexProblem {
  readonly patternIndex: number;
}

/**
 * Compiles regular expressions, any of which may match. A test takes time linear in the length of the text, whatever
 * the patterns; the patterns' own size is bounded. No pattern of an empty list matches.
 */
export function compileRegex(patterns: readonly string[], options: RegexOptions): CompiledRegex | RegexListProblem {
  if (patterns.length === 0) return { ok: true, test: () => false };
  const sources: string[] = [];
  let repeatedSize = 0;
  for (const [patternIndex, pattern] of patterns.entries()) {
    const source = toRe2(pattern, options);
    if (!source.ok) return { ...source, patternIndex };
    repeatedSize += source.repeatedSize;
    const tooLarge = checkRepeatedSize(repeatedSize, 0);
    if (tooLarge !== null) return { ...tooLarge, patternIndex };
    sources.push(source.re2);
  }
  const compiled = compileRe2(sources, options);
  return compiled.ok ? compiled : blame(compiled, sources, patterns, options);
}

function toRe2(pattern: string, { caseInsensitive, syntax }: RegexOptions): ReturnType<typeof translateLuceneRegex> {
  if (syntax === 'lucene') return translateLuceneRegex(pattern, caseInsensitive);
  const outline = checkPythonRegex(pattern);
  return outline.ok ? { ...outline, re2: pattern } : outline;
}

interface CompileFailure {
  readonly ok: false;
  readonly reason: string;
  /** The part of the pattern that the compiler names, if any. */
  readonly part: string;
}

function compileRe2(
  sources: readonly string[],
  { caseInsensitive, syntax }: RegexOptions,
): CompiledRegex | CompileFailure {
  const alternatives = sources.length === 1 ? sources.join('') : sources.map((source) => `(?:${source})`).join('|');
  const python = syntax === 'python';
  const anchored = python ? `\\A(?:${alternatives})` : `\\A(?:${alternatives})\\z`;
  const flags = python ? (caseInsensitive ? RE2JS.CASE_INSENSITIVE : 0) : RE2JS.DOTALL;
  try {
    const regex = RE2JS.compile(anchored, flags);
    return { ok: true, test: (text) => regex.test(text) };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return { ok: false, reason: error.message, part: error instanceof RE2JSSyntaxException ? (error.input ?? '') : '' };
  }
}

/** Finds the pattern that does not compile on its own. */
function blame(
  failure: CompileFailure,
  sources: readonly string[],
  patterns: readonly string[],
  options: RegexOptions,
): RegexListProblem {
  for (const [patternIndex, source] of sources.entries()) {
    const compiled = compileRe2([source], options);
    if (!compiled.ok) return toProblem(compiled, patterns[patternIndex] ?? '', patternIndex);
  }
  return toProblem(failure, '', 0);
}

function toProblem({ reason, part }: CompileFailure, pattern: string, patternIndex: number): RegexListProblem {
  const offset = part === '' ? 0 : Math.max(0, pattern.indexOf(part));
  const message = `The regular expression is not valid: ${reason.replace('error parsing regexp: ', '')}.`;
  return { ok: false, message, offset, patternIndex };
}
