import { describe, expect, it } from 'vitest';
import { displayWidth, truncateStartToWidth, truncateToWidth, wrapToWidth } from '../../src/output/display-width.js';

describe('texts on a terminal', () => {
  it('are as wide as they look', () => {
    expect(displayWidth('abc')).toBe(3);
    expect(displayWidth('日本')).toBe(4);
  });

  it.each([
    ['short', 10, 'short'],
    ['exactly 10', 10, 'exactly 10'],
    ['more than ten', 10, 'more than…'],
    ['日本語文字', 6, '日本…'],
    ['日本語', 6, '日本語'],
  ])('%s is cut to %i columns', (text, columns, expected) => {
    expect(truncateToWidth(text, columns)).toBe(expected);
    expect(displayWidth(truncateToWidth(text, columns))).toBeLessThanOrEqual(columns);
  });

  it.each([
    ['short', 10, 'short'],
    ['rules/linux/a.toml', 10, '…ux/a.toml'],
    ['日本語文字', 6, '…文字'],
    ['ab', 1, '…b'],
  ])('%s keeps its end in %i columns', (text, columns, expected) => {
    expect(truncateStartToWidth(text, columns)).toBe(expected);
  });

  it.each([
    ['process.parent.executable', 19, ['process.parent.', 'executable']],
    ['/usr/bin/xfce4-session', 19, ['/usr/bin/xfce4-', 'session']],
    ['connection_attempted', 19, ['connection_', 'attempted']],
    ['a.bcdefghijklmnop', 8, ['a.bcdefg', 'hijklmno', 'p']],
    ['two words', 5, ['two ', 'words']],
  ])('break between the parts of %s', (text, columns, lines) => {
    expect(wrapToWidth(text, columns)).toEqual(lines);
  });

  it('go on in the next line without loss, characters in one piece', () => {
    expect(wrapToWidth('abcdefg', 3)).toEqual(['abc', 'def', 'g']);
    expect(wrapToWidth('日本語', 3)).toEqual(['日', '本', '語']);
    expect(wrapToWidth('e\u0301e\u0301e\u0301', 2)).toEqual(['e\u0301e\u0301', 'e\u0301']);
    expect(wrapToWidth('', 2)).toEqual(['']);
    expect(wrapToWidth('ab', 0).join('')).toBe('ab');
  });

  it.each([
    ['letters', 'a'],
    ['wide characters', '漢'],
    ['pairs of surrogates', '😀'],
    ['characters with many marks', `e${'\u0301'.repeat(500)}`],
  ])('go on without loss if they have 200,000 units: %s', (_, part) => {
    const text = part.repeat(Math.ceil(200_000 / part.length));
    const lines = wrapToWidth(text, 80);
    // The strings are too long to be drawn when they differ.
    expect(lines.join('') === text).toBe(true);
    expect(lines.every((line) => displayWidth(line) <= 80 && !/\p{Surrogate}/u.test(line))).toBe(true);
  });
});
