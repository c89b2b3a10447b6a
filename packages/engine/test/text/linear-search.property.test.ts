import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexOfText, lastIndexOfText } from '../../src/text/linear-search.js';

const SEED = 20_261_134;

/** Another unit at a place of a text, or at its end. */
function replaceAt(text: string, place: number): string {
  return `${text.slice(0, place)}c${text.slice(place + 1)}`;
}

/** A text that repeats itself, and part of it or of one like it: both long enough to be searched in linear time. */
const search = fc
  .record({
    period: fc.array(fc.constantFrom('a', 'b', '\u{1f600}'), { minLength: 1, maxLength: 4 }),
    length: fc.integer({ min: 251, max: 2_000 }),
    broken: fc.array(fc.nat({ max: 20_000 }), { maxLength: 4 }),
    brokenPart: fc.option(fc.nat({ max: 2_000 })),
    start: fc.nat({ max: 20_000 }),
    from: fc.integer({ min: -5, max: 20_000 }),
  })
  .map(({ period, length, broken, brokenPart, start, from }) => {
    const regular = period.join('').repeat(20_000).slice(0, 20_000);
    const text = broken.reduce((whole, place) => replaceAt(whole, place), regular);
    const part = text.slice(Math.min(start, text.length - length)).slice(0, length);
    const other = brokenPart === null ? part : replaceAt(part, brokenPart);
    return { text, part: other, from };
  });

describe(`a search in linear time against that of the language (seed ${SEED})`, () => {
  it('finds the same first and last places', () => {
    let found = 0;
    fc.assert(
      fc.property(search, ({ text, part, from }) => {
        expect(indexOfText(text, part, from)).toBe(text.indexOf(part, from));
        expect(lastIndexOfText(text, part)).toBe(text.lastIndexOf(part));
        if (text.includes(part)) found += 1;
      }),
      { seed: SEED, numRuns: 500 },
    );
    expect(found).toBeGreaterThan(50);
    expect(found).toBeLessThan(450);
  });

  it('treats an empty part, and places outside the text, alike', () => {
    for (const [text, part, from] of [
      ['abc', '', 0],
      ['abc', '', 9],
      ['', '', 0],
      ['abc', 'c', 9],
    ] as const) {
      expect(indexOfText(text, part, from)).toBe(text.indexOf(part, from));
      expect(lastIndexOfText(text, part)).toBe(text.lastIndexOf(part));
    }
  });

  it.each(['b_', '_b', '_b_'])('decides parts of 200,000 characters such as %s in a text of 3,000,000', (shape) => {
    const text = 'a'.repeat(3_000_000);
    const part = shape.replaceAll('_', 'a'.repeat(100_000));
    expect(indexOfText(text, part)).toBe(-1);
    expect(lastIndexOfText(text, part)).toBe(-1);
    expect(indexOfText(`${text}${part}`, part)).toBeGreaterThanOrEqual(2_800_000);
    expect(lastIndexOfText(`${part}${text}`, part)).toBe(0);
  });
});
