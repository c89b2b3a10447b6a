import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/values/value.js';
import { callFunction, valueOf } from './call-function.js';

describe('number', () => {
  it.each<readonly [readonly Value[], Value]>([
    [['0x1f'], 31],
    [['077', 8], 63],
    [['1.5'], 1.5],
    [['3.14'], 3.14],
    [['-3.14', 10], -3.14],
    [['0x1337', 16], 4919],
    [['1f', 16], 31],
    [['1F', 16], 31],
    [['52403'], 52403],
    [['052403', 8], 21763],
    [['52403', 7], 12890],
    [['z', 36], 35],
    [['-101', 2], -5],
    [['+5'], 5],
    [['-0'], 0],
    [['007'], 7],
    [['42', null], 42],
    [['0x10', null], 16],
    [[' 12 '], 12],
    [['\t1.5\n'], 1.5],
    [[' 0x1f '], 31],
    [['.5'], 0.5],
    [['5.'], 5],
    [['1e3'], 1000],
    [['-1.5E-2'], -0.015],
    [['9007199254740993'], 9_007_199_254_740_993n],
    [['-9223372036854775808'], -(2n ** 63n)],
    [['9223372036854775807'], 2n ** 63n - 1n],
    [['9223372036854775808'], 2 ** 63],
    [['7fffffffffffffff', 16], 2n ** 63n - 1n],
    [[`${'0'.repeat(900)}1`, 8], 1],
    [[null], null],
    [[null, 16], null],
    [[12], null],
    [[true], null],
    [['12', '10'], null],
  ])('of %o is %o', (args, expected) => {
    expect(valueOf('number', args)).toBe(expected);
    expect(valueOf('number', args, { dialect: 'endgame' })).toBe(expected);
  });

  it.each<readonly [readonly Value[]]>([
    [['']],
    [['abc']],
    [['-0x1']],
    [['0x']],
    [['0xg']],
    [['0x1f', 10]],
    [['0x1f', 8]],
    [['8', 8]],
    [['1.5', 16]],
    [['1 2']],
    [['--1']],
    [['1e']],
    [['.']],
    [['NaN']],
    [['Infinity']],
    [['10d']],
    [['1_000']],
    [['٣']],
    [['8000000000000000', 16]],
    [['1', 1]],
    [['1', 37]],
    [['1', 2.5]],
    [[`${'9'.repeat(2_000)}x`]],
    [['1'.repeat(100_000), 2]],
  ])('reports that %j spells none', (args) => {
    expect(callFunction('number', args)).toEqual({ value: null, problems: ['unparsable-number'] });
    expect(callFunction('number', args, { dialect: 'endpoint' }).problems).toEqual(['unparsable-number']);
    expect(callFunction('number', args, { dialect: 'endgame' })).toEqual({ value: null, problems: [] });
  });
});
