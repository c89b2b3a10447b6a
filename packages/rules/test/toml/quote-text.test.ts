import { describe, expect, it } from 'vitest';
import { quoteText } from '../../src/toml/quote-text.js';

describe('quoteText', () => {
  it('quotes a text, and cuts a long one short', () => {
    expect(quoteText('a "b"\n')).toBe('"a \\"b\\"\\n"');
    expect(quoteText('x'.repeat(81))).toBe(`"${'x'.repeat(80)}…"`);
  });
});
