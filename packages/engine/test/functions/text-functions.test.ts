import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/values/value.js';
import { callFunction, valueOf } from './call-function.js';

type Case = readonly [name: string, args: readonly Value[], expected: Value];

describe('concat of long texts', () => {
  const MEBI = 'x'.repeat(1024 * 1024);
  const texts = (count: number): readonly string[] => Array.from({ length: count }, () => MEBI);

  it('gives no value beyond 16 Mi characters, however often a rule names the field', () => {
    expect(callFunction('concat', texts(16)).value).toHaveLength(16 * 1024 * 1024);
    expect(callFunction('concat', texts(600))).toEqual({ value: null, problems: ['text-too-long'] });
  });
});

describe('functions that make or measure texts', () => {
  it.each<Case>([
    ['concat', ['a', 1, true], 'a1true'],
    ['concat', ['a', '||', 1, '||', 'b'], 'a||1||b'],
    ['concat', ['a'], 'a'],
    ['concat', [1.5, false, 9_007_199_254_740_993n], '1.5false9007199254740993'],
    ['concat', ['a', null, 'b'], null],
    ['concat', [null], null],
    ['concat', ['', ''], ''],
    ['concat', [], ''],

    ['string', ['hello'], 'hello'],
    ['string', [1], '1'],
    ['string', [-1.5], '-1.5'],
    ['string', [12_345_678.5], '12345678.5'],
    ['string', [18_446_744_073_709_551_615n], '18446744073709551615'],
    ['string', [true], 'true'],
    ['string', [''], ''],
    ['string', [null], null],

    ['length', ['abc'], 3],
    ['length', [''], 0],
    ['length', ['😀'], 2],
    ['length', [null], null],
    ['length', [123], null],
    ['length', [true], null],

    ['substring', ['cmd.exe', -4], '.exe'],
    ['substring', ['cmd.exe', 0, -4], 'cmd'],
    ['substring', ['hello world', 0, 5], 'hello'],
    ['substring', ['hello world', 0, 500], 'hello world'],
    ['substring', ['hello world', 5, -1], ' worl'],
    ['substring', ['hello world', -5, 11], 'world'],
    ['substring', ['hello world', -5, 100], 'world'],
    ['substring', ['hello world', -500, 5], 'hello'],
    ['substring', ['hello world', 6, null], 'world'],
    ['substring', ['hello world', null], 'hello world'],
    ['substring', ['hello world', null, 5], 'hello'],
    ['substring', ['abc', 2, 1], ''],
    ['substring', ['abc', 1, 1], ''],
    ['substring', ['abc', 5], ''],
    ['substring', ['abc', 0, 2n ** 62n], 'abc'],
    ['substring', ['', 0, 1], ''],
    ['substring', [null, 5], null],
    ['substring', [12_345, 1], null],
    ['substring', ['abc', 0.5], null],
    ['substring', ['abc', '1'], null],
    ['substring', ['abc', 0, true], null],
  ])('%s of %o is %o', (name, args, expected) => {
    expect(valueOf(name, args)).toBe(expected);
    expect(valueOf(name, args, { dialect: 'endgame' })).toBe(expected);
  });

  it.each([
    [4, '4.0'],
    [-0, '-0.0'],
    [0, '0.0'],
    [0.5, '0.5'],
    [100, '100.0'],
    [9_999_999, '9999999.0'],
    [10_000_000, '1.0E7'],
    [12_345_678.5, '1.23456785E7'],
    [0.001, '0.001'],
    [0.0001, '1.0E-4'],
    [-1.5e300, '-1.5E300'],
    [Infinity, 'Infinity'],
    [Number.NaN, 'NaN'],
  ])('writes the double %d as %s', (value, expected) => {
    expect(valueOf('string', [value], { doubleArguments: [true] })).toBe(expected);
    expect(valueOf('concat', [1, value], { doubleArguments: [false, true] })).toBe(`1${expected}`);
  });
});
