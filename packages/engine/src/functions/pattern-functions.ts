import { compileCidrMatch, parseCidrBlock } from '../network/cidr.js';
import { compileRegex, countLongTexts } from '../regex/compile-regex.js';
import { compileWildcardPatterns, type TextTest } from '../text/wildcard-pattern.js';
import type { Value } from '../values/value.js';
import type { CallContext, FunctionImplementation } from './call-context.js';
import { createCompileCache } from './compile-cache.js';

/** Compiles a list of patterns to one test; a pattern that is not valid matches nothing. */
type PatternCompiler = (patterns: readonly string[]) => TextTest;

/**
 * A function of a text and any number of patterns: does one of them match? Null if the text is no text, or if no pattern
 * matches and one is missing. Constant patterns are compiled once, all together.
 */
function patternFunction(compilerOf: (context: CallContext) => PatternCompiler): FunctionImplementation {
  return (context) => {
    const compile = compilerOf(context);
    const constants = context.constants.slice(1).filter((constant) => typeof constant === 'string');
    const testConstants = compile(constants);
    const dynamicPositions = positionsOfOthers(context.constants);
    if (dynamicPositions.length === 0 && context.constants.length > 1) {
      return ([text]) => (typeof text === 'string' ? testConstants(text) : null);
    }
    const testOf = createCompileCache((pattern) => compile([pattern]));
    return (args) => {
      const [text] = args;
      if (typeof text !== 'string') return null;
      return testConstants(text) || testDynamic(text, args, context.constants, testOf);
    };
  };
}

function positionsOfOthers(constants: readonly (Value | undefined)[]): readonly number[] {
  return [...constants.keys()].slice(1).filter((position) => typeof constants[position] !== 'string');
}

function testDynamic(
  text: string,
  args: readonly Value[],
  constants: readonly (Value | undefined)[],
  testOf: (pattern: string) => TextTest,
): Value {
  let result: Value = false;
  for (let position = 1; position < args.length; position += 1) {
    if (typeof constants[position] === 'string') continue;
    const pattern = args[position];
    if (typeof pattern !== 'string') result = null;
    else if (testOf(pattern)(text)) return true;
  }
  return result;
}

/**
 * `wildcard(text, pattern, …)`: patterns as those of `:` and `like`. In the `endgame` dialect `?` is plain text, as in
 * Python EQL.
 */
export const wildcard = patternFunction(({ caseInsensitive, dialect, folding, report }) => {
  const options = {
    questionMark: dialect.name !== 'endgame',
    onLongText: () => {
      report('text-too-long-for-pattern');
    },
  };
  return (patterns) => compileWildcardPatterns(patterns, caseInsensitive ? folding : 'none', options);
});

/**
 * `match(text, regex, …)`: regular expressions in Lucene's syntax that match a whole text, or in the `endgame` dialect
 * in Python's that match at its start.
 */
export const match = patternFunction(({ caseInsensitive, dialect, report }) => {
  const syntax = dialect.name === 'endgame' ? 'python' : 'lucene';
  return (patterns) => {
    const together = compileRegex(patterns, { caseInsensitive, syntax });
    if (together.ok) return countLongTexts(together, report);
    // One that is not valid must not take the others with it.
    const tests = patterns
      .map((pattern) => compileRegex([pattern], { caseInsensitive, syntax }))
      .flatMap((compiled) => (compiled.ok ? [countLongTexts(compiled, report)] : []));
    return (text) => tests.some((test) => test(text));
  };
});

/** `cidrMatch(ip, block, …)`: is the address in any of the blocks? A text that is no address is in none. */
export const cidrMatch = patternFunction(() => {
  return (blocks) => compileCidrMatch(blocks.map(parseCidrBlock).filter((block) => block !== null));
});
