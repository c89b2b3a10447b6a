import { describe, expect, it } from 'vitest';
import { wrapText } from '../../src/output/wrap-text.js';

describe('wrapText', () => {
  it('breaks between words, and words that are too long', () => {
    expect(wrapText('one two three\nabcdefghij', 7)).toEqual(['one two', 'three', 'abcdefg', 'hij']);
  });

  it('breaks a line of 30,000 words like a short one', () => {
    const lines = wrapText('ab '.repeat(30_000).trimEnd(), 8);
    expect(Math.max(...lines.map(({ length }) => length))).toBe(8);
    expect(lines.join(' ')).toBe('ab '.repeat(30_000).trimEnd());
  });

  it.each([
    ['wide characters', '漢'],
    ['pairs of surrogates', '😀'],
    ['joined emoji', '👨\u200d'],
    ['styles', '\u001b[1ma\u001b[22m'],
  ])('keeps every character of a line of 50,000 %s', (_, part) => {
    const text = part.repeat(50_000);
    const shown = wrapText(text, 80).join('');
    // The strings are too long to be drawn when they differ.
    expect(withoutStyles(shown) === withoutStyles(text)).toBe(true);
    expect(/\p{Surrogate}/u.test(shown)).toBe(false);
  });
});

function withoutStyles(text: string): string {
  return text.replaceAll(/\u001b\[\d+m/gu, '');
}
