import type { ArithmeticOperator, Dialect } from '@eqlkit/language';
import { fitsInt64, normalizeInteger } from '../values/integer.js';
import { isNumeric, type Value } from '../values/value.js';
import type { CallContext, FunctionImplementation } from './call-context.js';
import type { EvaluationProblem } from './evaluation-problem.js';

/** What arithmetic depends on beside its operands. */
export interface ArithmeticOptions {
  /** At least one operand is statically a double. */
  readonly double: boolean;
  readonly dialect: Dialect;
  /** Called when two integers have no result: a zero divisor, or a result beyond 64 bits. */
  readonly report: (problem: EvaluationProblem) => void;
}

/**
 * Computes with two numbers. A null or non-number gives null.
 *
 * Two integers give an integer of at most 64 bits: `/` drops the fraction and `%` takes the sign of the dividend; a zero
 * divisor or a larger result is reported and gives null. If either number is a double, so is the result, and division
 * by zero gives an infinity or not-a-number.
 *
 * In the `endgame` dialect, as in Python, `/` of integers rounds down, `%` takes the sign of the divisor, and a zero
 * divisor gives null without a report.
 */
export function arithmetic(
  operator: ArithmeticOperator,
  left: Value,
  right: Value,
  options: ArithmeticOptions,
): number | bigint | null {
  if (!isNumeric(left) || !isNumeric(right)) return null;
  const python = options.dialect.name === 'endgame';
  if ((operator === '/' || operator === '%') && Number(right) === 0 && (python || isInteger(left, right, options))) {
    if (!python) options.report('division-by-zero');
    return null;
  }
  if (!isInteger(left, right, options)) return computeDoubles(operator, Number(left), Number(right), python);
  if (typeof left === 'number' && typeof right === 'number') {
    const result = computeIntegers(operator, left, right, python);
    if (Number.isSafeInteger(result)) return result === 0 ? 0 : result;
  }
  return fitInteger(computeBigIntegers(operator, BigInt(left), BigInt(right), python), options);
}

/** Integers beyond the safe range are bigint, so an unsafe number is a double even without a fraction. */
function isInteger(left: number | bigint, right: number | bigint, { double }: ArithmeticOptions): boolean {
  return (
    !double &&
    (typeof left === 'bigint' || Number.isSafeInteger(left)) &&
    (typeof right === 'bigint' || Number.isSafeInteger(right))
  );
}

function computeDoubles(operator: ArithmeticOperator, left: number, right: number, python: boolean): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return python ? floorModulo(left, right) : left % right;
  }
}

function computeIntegers(operator: ArithmeticOperator, left: number, right: number, python: boolean): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      // Subtracting the remainder first makes the division exact.
      return (left - (python ? floorModulo(left, right) : left % right)) / right;
    case '%':
      return python ? floorModulo(left, right) : left % right;
  }
}

function floorModulo(left: number, right: number): number {
  const remainder = left % right;
  return remainder !== 0 && remainder < 0 !== right < 0 ? remainder + right : remainder;
}

function computeBigIntegers(operator: ArithmeticOperator, left: bigint, right: bigint, python: boolean): bigint {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return python ? (left - floorModuloBig(left, right)) / right : left / right;
    case '%':
      return python ? floorModuloBig(left, right) : left % right;
  }
}

function floorModuloBig(left: bigint, right: bigint): bigint {
  const remainder = left % right;
  return remainder !== 0n && remainder < 0n !== right < 0n ? remainder + right : remainder;
}

function fitInteger(value: bigint, { report }: ArithmeticOptions): number | bigint | null {
  if (fitsInt64(value)) return normalizeInteger(value);
  report('integer-overflow');
  return null;
}

function arithmeticFunction(operator: ArithmeticOperator): FunctionImplementation {
  return ({ dialect, doubleArguments, report }: CallContext) => {
    const options = { double: doubleArguments?.slice(0, 2).includes(true) ?? false, dialect, report };
    return ([left = null, right = null]) => arithmetic(operator, left, right, options);
  };
}

/** `add(a, b)`: the same as `a + b`. */
export const add = arithmeticFunction('+');

/** `subtract(a, b)`: the same as `a - b`. */
export const subtract = arithmeticFunction('-');

/** `multiply(a, b)`: the same as `a * b`. */
export const multiply = arithmeticFunction('*');

/** `divide(a, b)`: the same as `a / b`. */
export const divide = arithmeticFunction('/');

/** `modulo(a, b)`: the same as `a % b`. */
export const modulo = arithmeticFunction('%');
