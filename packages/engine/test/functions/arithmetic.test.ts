import { DIALECTS, type ArithmeticOperator, type DialectName } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';
import { arithmetic } from '../../src/functions/arithmetic.js';
import type { EvaluationProblem } from '../../src/functions/evaluation-problem.js';
import type { Value } from '../../src/values/value.js';
import { callFunction, valueOf } from './call-function.js';

const MAX = 2n ** 63n - 1n;
const MIN = -(2n ** 63n);

interface Settings {
  readonly double?: boolean;
  readonly dialect?: DialectName;
}

function compute(left: Value, operator: ArithmeticOperator, right: Value, settings: Settings = {}) {
  const problems: EvaluationProblem[] = [];
  const value = arithmetic(operator, left, right, {
    double: settings.double ?? false,
    dialect: DIALECTS[settings.dialect ?? 'elasticsearch'],
    report: (problem) => problems.push(problem),
  });
  return { value, problems };
}

type Case = readonly [left: Value, operator: ArithmeticOperator, right: Value, expected: Value];

describe('arithmetic', () => {
  it.each<Case>([
    [7, '+', 3, 10],
    [7, '-', -3, 10],
    [-7, '*', 3, -21],
    [7, '/', 3, 2],
    [-7, '/', 3, -2],
    [7, '/', -3, -2],
    [83, '/', 2, 41],
    [-1, '/', 2, 0],
    [7, '%', 3, 1],
    [-10, '%', 6, -4],
    [10, '%', -6, 4],
    [-10, '%', -6, -4],
    [-4, '%', 2, 0],
    [0, '*', -5, 0],
    // a fraction makes a double
    [4, '+', 0.5, 4.5],
    [7.5, '/', 2.5, 3],
    [1, '/', 0.5, 2],
    [-5.5, '%', 2, -1.5],
    [0.5, '/', 0, Infinity],
    [-0.5, '/', 0, -Infinity],
    [0.5, '%', 0, Number.NaN],
    // integers beyond the safe range stay exact
    [Number.MAX_SAFE_INTEGER, '+', 2, 9_007_199_254_740_993n],
    [Number.MIN_SAFE_INTEGER, '-', 2, -9_007_199_254_740_993n],
    [3_037_000_499, '*', 3_037_000_499, 9_223_372_030_926_249_001n],
    [9_007_199_254_740_993n, '-', 2, Number.MAX_SAFE_INTEGER],
    [9_007_199_254_740_993n, '/', 2, 4_503_599_627_370_496],
    [-9_007_199_254_740_993n, '/', 2, -4_503_599_627_370_496],
    [-9_007_199_254_740_993n, '%', 2, -1],
    [MAX, '-', 0, MAX],
    [MAX, '+', 0.5, 2 ** 63],
    [1e300, '*', 10, 1e301],
    // no number
    [null, '+', 1, null],
    [1, '+', null, null],
    ['1', '+', 1, null],
    [1, '+', true, null],
    ['a', '/', 0, null],
  ])('%s %s %s is %s', (left, operator, right, expected) => {
    expect(compute(left, operator, right)).toEqual({ value: expected, problems: [] });
  });

  it.each<Case>([
    [5, '/', 2, 2.5],
    [5, '/', 0, Infinity],
    [0, '/', 0, Number.NaN],
    [5, '%', 0, Number.NaN],
    [9_007_199_254_740_993n, '*', 1, 9_007_199_254_740_992],
  ])('%s %s %s is %s when one is a double', (left, operator, right, expected) => {
    expect(compute(left, operator, right, { double: true })).toEqual({ value: expected, problems: [] });
  });

  it.each<readonly [Value, ArithmeticOperator, Value, EvaluationProblem]>([
    [1, '/', 0, 'division-by-zero'],
    [1, '%', 0, 'division-by-zero'],
    [0, '/', 0, 'division-by-zero'],
    [MAX, '/', 0, 'division-by-zero'],
    [MAX, '+', 1, 'integer-overflow'],
    [MIN, '-', 1, 'integer-overflow'],
    [MIN, '/', -1, 'integer-overflow'],
    [Number.MAX_SAFE_INTEGER, '*', Number.MAX_SAFE_INTEGER, 'integer-overflow'],
  ])('%s %s %s has no result: %s', (left, operator, right, problem) => {
    expect(compute(left, operator, right)).toEqual({ value: null, problems: [problem] });
    expect(compute(left, operator, right, { dialect: 'endpoint' }).problems).toEqual([problem]);
  });

  it.each<Case>([
    [7, '/', 2, 3],
    [-7, '/', 2, -4],
    [7, '/', -2, -4],
    [-6, '/', 2, -3],
    [-10, '%', 6, 2],
    [10, '%', -6, -2],
    [-10, '%', -6, -4],
    [-6, '%', 3, 0],
    [-5.5, '%', 2, 0.5],
    [-9_007_199_254_740_993n, '/', 2, -4_503_599_627_370_497],
    [-9_007_199_254_740_993n, '%', 2, 1],
    [1, '/', 0, null],
    [1, '%', 0, null],
    [0.5, '/', 0, null],
    [null, '/', 0, null],
  ])('in Python EQL %s %s %s is %s', (left, operator, right, expected) => {
    expect(compute(left, operator, right, { dialect: 'endgame' })).toEqual({ value: expected, problems: [] });
  });

  it('divides exactly near the limits of the safe range', () => {
    for (const left of [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - 1, Number.MIN_SAFE_INTEGER]) {
      for (const right of [1, 2, 3, 7, -3, 94_906_267, Number.MAX_SAFE_INTEGER]) {
        expect(compute(left, '/', right).value).toBe(Number(BigInt(left) / BigInt(right)));
      }
    }
  });
});

describe('the functions of the operators', () => {
  it.each<readonly [string, readonly Value[], Value]>([
    ['add', [4, 0.5], 4.5],
    ['subtract', [-2, 4], -6],
    ['subtract', [-2, -4], 2],
    ['multiply', [-2, 2], -4],
    ['divide', [5, 2], 2],
    ['modulo', [-10, 6], -4],
    ['modulo', [10, -6], 4],
    ['modulo', [-10, -6], -4],
    ['add', [null, 1], null],
    ['add', ['1', 1], null],
    ['subtract', [1, null], null],
    ['multiply', [null, null], null],
    ['divide', [true, 1], null],
    ['modulo', [5, 'a'], null],
  ])('%s of %o is %o', (name, args, expected) => {
    expect(valueOf(name, args)).toBe(expected);
  });

  it('know which arguments are doubles', () => {
    expect(valueOf('divide', [5, 2], { doubleArguments: [false, true] })).toBe(2.5);
    expect(valueOf('divide', [5, 0], { doubleArguments: [true, false] })).toBe(Infinity);
    expect(valueOf('divide', [5, 2], { doubleArguments: [false, false] })).toBe(2);
  });

  it('report what cannot be computed', () => {
    expect(callFunction('divide', [1, 0])).toEqual({ value: null, problems: ['division-by-zero'] });
    expect(callFunction('multiply', [MAX, 2])).toEqual({ value: null, problems: ['integer-overflow'] });
    expect(callFunction('modulo', [1, 0], { dialect: 'endgame' })).toEqual({ value: null, problems: [] });
  });

  it('follow Python in its dialect', () => {
    expect(valueOf('divide', [-7, 2], { dialect: 'endgame' })).toBe(-4);
    expect(valueOf('modulo', [-10, 6], { dialect: 'endgame' })).toBe(2);
  });
});
