import { describe, expect, it } from 'vitest';
import { printableText } from '../../src/decode/printable-text.js';

describe('printableText', () => {
  it('leaves ordinary text alone', () => {
    expect(printableText('a b – ünïcode 😀 C:\\x')).toBe('a b – ünïcode 😀 C:\\x');
  });

  it('replaces control, formatting and line-breaking characters', () => {
    expect(printableText('a\u001b[31m\n\r\t\u0000\u0085\u009b\u202e\u2028\ufeffb')).toBe('a?[31m?????????b');
  });

  it('cuts long text, not leaving half a character', () => {
    expect(printableText('abcdef', 6)).toBe('abcdef');
    expect(printableText('abcdefg', 6)).toBe('abcde…');
    expect(printableText('abcd😀😀', 6)).toBe('abcd?…');
  });
});
