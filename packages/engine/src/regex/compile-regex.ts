import { RE2JS, RE2JSException, RE2JSSyntaxException } from 're2js';
import type { EvaluationProblem } from '../functions/evaluation-problem.js';
import { checkPythonRegex } from './check-python-regex.js';
import { checkRegexSize, longestTextFor, MAX_PROGRAM_SIZE, type RegexProblem } from './regex-limits.js';
import { translateLuceneRegex } from './translate-lucene-regex.js';

/** Whose regular expressions they are. */
export type RegexSyntax = 'lucene' | 'java' | 'python';

/** How a list of regular expressions is read. */
export interface RegexOptions {
  /** In Lucene's syntax A to Z equal a to z and nothing more; in Python's every letter equals its other case. */
  readonly caseInsensitive: boolean;
  /**
   * - `lucene`: a pattern must match the whole text, and `.` matches line breaks; see {@link translateLuceneRegex}.
   * - `java`: a pattern must match the whole text, `^` and `$` are anchors, and `.` stops at line breaks. What RE2 lacks
   *   is refused as for `python`.
   * - `python`: a pattern must match at the start of the text, as `re.match` does, and `.` stops at line breaks.
   *   Look-around and back-references are refused. `\d`, `\s` and `\w` are ASCII only, and `$` is the very end.
   */
  readonly syntax: RegexSyntax;
}

/** A compiled list of regular expressions. */
export interface CompiledRegex {
  readonly ok: true;
  /** Whether any of them matches; null for a text that is too long for expressions of their size. */
  readonly test: (text: string) => boolean | null;
}

/** Why a list of regular expressions cannot be compiled, and which of them is to blame, counted from 0. */
export interface RegexListProblem extends RegexProblem {
  readonly patternIndex: number;
}

/**
 * Compiles regular expressions, any of which may match. A test takes time linear in the length of the text, whatever
 * the patterns; the patterns' own size is bounded, and the larger they are the shorter a text they are tried on. No
 * pattern of an empty list matches.
 */
export function compileRegex(patterns: readonly string[], options: RegexOptions): CompiledRegex | RegexListProblem {
  if (patterns.length === 0) return { ok: true, test: () => false };
  const sources: string[] = [];
  let size = 0;
  for (const [patternIndex, pattern] of patterns.entries()) {
    const source = toRe2(pattern, options);
    if (!source.ok) return { ...source, patternIndex };
    size += source.size;
    const tooLarge = checkRegexSize(size, 0);
    if (tooLarge !== null) return { ...tooLarge, patternIndex };
    sources.push(source.re2);
  }
  const compiled = compileRe2(sources, options);
  if (!compiled.ok) return blame(compiled, sources, patterns, options);
  const { regex } = compiled;
  const programSize = regex.programSize();
  if (programSize > MAX_PROGRAM_SIZE) {
    const message = `The regular expressions compile to ${programSize} steps; at most ${MAX_PROGRAM_SIZE} are possible.`;
    return { ok: false, message, offset: 0, patternIndex: 0 };
  }
  const longest = longestTextFor(programSize);
  return { ok: true, test: (text) => (text.length > longest ? null : regex.test(text)) };
}

/** The test of compiled expressions where a text that is too long for them does not match, and is reported. */
export function countLongTexts(
  { test }: CompiledRegex,
  report: (problem: EvaluationProblem) => void,
): (text: string) => boolean {
  return (text) => {
    const found = test(text);
    if (found === null) report('text-too-long-for-regex');
    return found === true;
  };
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
): { readonly ok: true; readonly regex: RE2JS } | CompileFailure {
  const alternatives = sources.length === 1 ? sources.join('') : sources.map((source) => `(?:${source})`).join('|');
  const anchored = syntax === 'python' ? `\\A(?:${alternatives})` : `\\A(?:${alternatives})\\z`;
  // In Lucene's syntax the translation has dealt with case.
  const flags = syntax === 'lucene' ? RE2JS.DOTALL : caseInsensitive ? RE2JS.CASE_INSENSITIVE : 0;
  try {
    return { ok: true, regex: RE2JS.compile(anchored, flags) };
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
