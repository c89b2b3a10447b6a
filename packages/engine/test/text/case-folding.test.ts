import { describe, expect, it } from 'vitest';
import { foldCase } from '../../src/text/case-folding.js';

describe('foldCase', () => {
  it.each([
    ['none', 'CMD.exe', 'CMD.exe'],
    ['ascii', 'CMD.exe', 'cmd.exe'],
    ['ascii', 'already small', 'already small'],
    ['ascii', 'ÉCOLE Ä Z', 'École Ä z'],
    ['ascii', '\u212aELVIN', '\u212aelvin'],
    ['ascii', '', ''],
    ['unicode', 'ÉCOLE', 'école'],
    ['unicode', '\u212aelvin', 'kelvin'],
    ['unicode', '\u{10400}', '\u{10428}'],
  ] as const)('folds %s: %s', (folding, text, expected) => {
    expect(foldCase(text, folding)).toBe(expected);
  });

  it('folds a capital sigma alike wherever it stands', () => {
    expect(foldCase('ΑΣ', 'unicode')).toBe(foldCase('ΑΣΑ', 'unicode').slice(0, 2));
    expect(foldCase('ς', 'unicode')).toBe(foldCase('Σ', 'unicode'));
  });

  it('keeps positions: every character folds to as many units', () => {
    const changed: string[] = [];
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
      const text = String.fromCodePoint(codePoint);
      if (text.toLowerCase() === text) continue;
      if (foldCase(text, 'unicode').length !== text.length) changed.push(codePoint.toString(16));
    }
    expect(changed).toEqual([]);
    expect(foldCase('İX', 'unicode')).toBe('ix');
  });
});
