import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyTokens } from '../../src/editing/classify-tokens.js';

/** The pieces of a text with what they are. */
function pieces(text: string): string[] {
  return classifyTokens(text).map(({ class: kind, span }) => `${kind} ${text.slice(span.start, span.end)}`);
}

describe('classifyTokens', () => {
  it('tells the parts of a query apart', () => {
    expect(pieces('process where /* x */ length(a.b) >= 5 and c like~ "x*" // end')).toEqual([
      'name process',
      'keyword where',
      'comment /* x */',
      'function length',
      'punctuation (',
      'name a',
      'punctuation .',
      'name b',
      'punctuation )',
      'punctuation >=',
      'number 5',
      'keyword and',
      'name c',
      'keyword like~',
      'string "x*"',
      'comment // end',
    ]);
  });

  it('knows what is not whole and what does not belong', () => {
    expect(pieces('any where a == "x')).toContain('unclosed "x');
    expect(pieces('any where §')).toContain('unknown §');
  });

  it('gives pieces in order, without overlap, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        let at = 0;
        for (const { span } of classifyTokens(text)) {
          expect(span.start >= at && span.end > span.start && span.end <= text.length).toBe(true);
          at = span.end;
        }
      }),
      { seed: 20_261_127, numRuns: 500 },
    );
  });
});
