import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileWildcardPattern, compileWildcardPatterns } from '../../src/text/wildcard-pattern.js';

const SEED = 20_261_124;

/** The definition itself: try every way to spend the characters. */
function matchesByDefinition(pattern: readonly string[], text: readonly string[]): boolean {
  const [symbol, ...restOfPattern] = pattern;
  if (symbol === undefined) return text.length === 0;
  if (symbol === '*') {
    return text.concat('').some((_, skipped) => matchesByDefinition(restOfPattern, text.slice(skipped)));
  }
  const [character, ...restOfText] = text;
  if (character === undefined || (symbol !== '?' && symbol !== character)) return false;
  return matchesByDefinition(restOfPattern, restOfText);
}

const character = fc.constantFrom('a', 'b', '\n', '😀');
const text = fc.array(character, { maxLength: 10 });
const pattern = fc.array(fc.oneof(character, fc.constantFrom('*', '?')), { maxLength: 8 });

describe(`wildcard patterns against their definition (seed ${SEED})`, () => {
  it('agree for single patterns', () => {
    fc.assert(
      fc.property(pattern, text, (symbols, characters) => {
        const test = compileWildcardPattern(symbols.join(''), 'none');
        expect(test(characters.join(''))).toBe(matchesByDefinition(symbols, characters));
      }),
      { seed: SEED, numRuns: 3_000 },
    );
  });

  it('agree for long stretches, which are searched in another way', () => {
    const unit = fc.constantFrom('a', 'b', '?', '😀');
    const long = fc.array(unit, { minLength: 66, maxLength: 80 });
    const before = fc.array(character, { maxLength: 3 });
    const pair = fc.tuple(long, before, fc.array(character, { minLength: 80, maxLength: 80 }), fc.nat({ max: 90 }));
    fc.assert(
      fc.property(pair, ([stretch, prefix, fill, broken]) => {
        const middle = stretch.map((symbol, at) => (symbol === '?' ? (fill[at] ?? 'a') : symbol));
        if (broken < middle.length) middle[broken] = 'b';
        const symbols = ['*', ...stretch, '*'];
        const characters = [...prefix, ...middle, 'a'];
        const test = compileWildcardPattern(symbols.join(''), 'none');
        expect(test(characters.join(''))).toBe(
          characters.some((_, at) => matchesByDefinition([...stretch, '*'], characters.slice(at))),
        );
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('agree for lists', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 4 }), text, (patterns, characters) => {
        const test = compileWildcardPatterns(
          patterns.map((symbols) => symbols.join('')),
          'none',
        );
        expect(test(characters.join(''))).toBe(patterns.some((symbols) => matchesByDefinition(symbols, characters)));
      }),
      { seed: SEED, numRuns: 1_000 },
    );
  });
});
