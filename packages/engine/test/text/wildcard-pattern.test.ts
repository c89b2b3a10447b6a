import { describe, expect, it } from 'vitest';
import { compileWildcardPattern, compileWildcardPatterns } from '../../src/text/wildcard-pattern.js';

describe('compileWildcardPattern', () => {
  it.each([
    // exact
    ['cmd.exe', 'cmd.exe', true],
    ['cmd.exe', 'xcmd.exe', false],
    ['', '', true],
    ['', 'a', false],
    // any, prefix, suffix, contains
    ['*', '', true],
    ['**', 'anything\nat all', true],
    ['cmd*', 'cmd', true],
    ['cmd*', 'cmd.exe', true],
    ['cmd*', 'a cmd', false],
    ['*.exe', '.exe', true],
    ['*.exe', 'a.exe.bak', false],
    ['*win*', 'win', true],
    ['*win*', 'a\r\nwin\r\nb', true],
    ['*win*', 'wi n', false],
    // both ends
    ['a*b', 'ab', true],
    ['a*b', 'a\nb', true],
    ['aba*aba', 'aba', false],
    ['aba*aba', 'abaaba', true],
    // several stretches
    ['a*b*c', 'abc', true],
    ['a*b*c', 'a-c-b', false],
    ['*a*b*', 'xaxbx', true],
    ['*a*b*', 'ba', false],
    ['*ab*abc', 'abc', false],
    ['*ab*abc', 'ababc', true],
    ['a*bc*cd', 'abcd', false],
    ['a*bc*cd', 'abccd', true],
    // exactly one character
    ['?', '', false],
    ['?', 'a', true],
    ['?', '\n', true],
    ['?', 'ab', false],
    ['?', '😀', true],
    ['??', '😀', false],
    ['?at', 'cat', true],
    ['c?t', 'ct', false],
    ['?:\\Windows\\*', 'C:\\Windows\\System32', true],
    ['?:\\Windows\\*', 'CC:\\Windows\\System32', false],
    ['?:\\*.exe', 'D:\\a\\b.exe', true],
    ['*.ex?', 'a.exe', true],
    ['*.ex?', 'a.ex😀', true],
    ['*.ex?', 'a.ex', false],
    ['*?', '', false],
    ['*?', '😀', true],
    ['?*', '', false],
    ['*??*', '😀', false],
    ['*??*', '😀a', true],
    ['*a?c*', 'aac-abc', true],
    ['*a?c*', 'aab', false],
    ['*?b?*', 'aba', true],
    ['*?b?*', 'bab', false],
    ['a?*b', 'ab', false],
    ['a?*?b', 'a12b', true],
    ['a?*?b', 'a1b', false],
    ['a*?b?c*d', 'axxb1cyd', true],
    // nothing escapes, nothing else is special
    ['a\\*', 'a\\z', true],
    ['a\\*', 'a*', false],
    ['100%', '100%', true],
    ['a_c', 'abc', false],
    ['[ab].+', '[ab].+', true],
    ['[ab].+', 'ab', false],
  ])('%j on %j is %s', (pattern, text, expected) => {
    expect(compileWildcardPattern(pattern, 'none')(text)).toBe(expected);
  });

  it.each([
    ['none', 'WIN*', 'win10', false],
    ['ascii', 'WIN*', 'win10', true],
    ['ascii', '*.EXE', 'a.exe', true],
    ['ascii', 'École', 'école', false],
    ['unicode', 'École', 'éCOLE', true],
    ['unicode', '*Σ', 'ΑΣ', true],
    ['unicode', 'i?', 'İx', true],
  ] as const)('folds case %s: %j on %j', (folding, pattern, text, expected) => {
    expect(compileWildcardPattern(pattern, folding)(text)).toBe(expected);
  });

  it('takes a question mark literally when the syntax has none', () => {
    const test = compileWildcardPattern('a?*', 'none', { questionMark: false });
    expect(test('a?b')).toBe(true);
    expect(test('axb')).toBe(false);
  });

  describe('on inputs made to take long', () => {
    const repeated = 'a'.repeat(100_000);

    it.each([
      ['many stars', `${'*a'.repeat(1_000)}b`, false],
      ['many stars and a match', `${'*a'.repeat(1_000)}*`, true],
      ['many question marks', `*${'a?'.repeat(1_000)}b*`, false],
      ['many question marks and a match', `*${'a?'.repeat(1_000)}`, true],
      ['only question marks', `*${'?'.repeat(2_000)}*`, true],
      ['stars and question marks', `${'*a?'.repeat(700)}b*`, false],
      ['a long literal that nearly fits', `*${'a'.repeat(10_000)}b${'a'.repeat(10_000)}*`, false],
      ['a long literal that fits', `*${'a'.repeat(20_000)}*`, true],
      ['a late question mark', `*${'a'.repeat(1_000)}?${'a'.repeat(999)}b*`, false],
    ])('decides %s', (_, pattern, expected) => {
      expect(compileWildcardPattern(pattern, 'ascii')(repeated)).toBe(expected);
    });

    it.each([
      ['bits', `*b?${'a'.repeat(40_000)}*`],
      ['places', `*b?${Array.from({ length: 9_000 }, (_, at) => String.fromCharCode(0x4e00 + at)).join('')}*`],
    ])('does not try a text that is too long for a stretch with ?, tried by %s, and says so', (_, pattern) => {
      let tooLong = 0;
      const test = compileWildcardPattern(pattern, 'none', { onLongText: () => (tooLong += 1) });
      const fitting = pattern.slice(1, -1).replace('?', 'c');
      expect(test(fitting)).toBe(true);
      expect(tooLong).toBe(0);
      expect(test(`${'a'.repeat(3_000_000)}${fitting}`)).toBe(false);
      expect(tooLong).toBe(1);
    });

    it('finds the leftmost place of a long stretch with surrogate pairs', () => {
      const stretch = `${'😀?'.repeat(40)}b`;
      const text = `x😀${'😀a'.repeat(40)}b-${'😀é'.repeat(40)}b`;
      expect(compileWildcardPattern(`*${stretch}-*`, 'none')(text)).toBe(true);
      expect(compileWildcardPattern(`*${stretch}+*`, 'none')(text)).toBe(false);
    });
  });
});

describe('compileWildcardPatterns', () => {
  it('matches if one pattern does', () => {
    const test = compileWildcardPatterns(['cmd.exe', 'Power*', '*.PS1', '?sh'], 'ascii');
    expect(['CMD.EXE', 'powershell', 'a.ps1', 'zsh'].map(test)).toEqual([true, true, true, true]);
    expect(['cmd', 'a power', 'ps1', 'bash'].map(test)).toEqual([false, false, false, false]);
  });

  it('is one look-up for patterns without wildcards', () => {
    const test = compileWildcardPatterns(['a', 'b'], 'none');
    expect([test('a'), test('B'), test('')]).toEqual([true, false, false]);
  });

  it('matches nothing without patterns', () => {
    expect(compileWildcardPatterns([], 'none')('')).toBe(false);
  });

  it('passes on the syntax', () => {
    const test = compileWildcardPatterns(['a?', 'b*'], 'none', { questionMark: false });
    expect([test('a?'), test('ab'), test('bx')]).toEqual([true, false, true]);
  });
});
