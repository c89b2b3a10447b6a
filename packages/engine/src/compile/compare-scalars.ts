import type { ComparisonOperator, Dialect } from '@eqlkit/language';
import { foldCase } from '../text/case-folding.js';
import { compareCodePoints } from '../text/compare-code-points.js';
import { compileWildcardPattern } from '../text/wildcard-pattern.js';
import { isNumeric, type Scalar } from '../values/value.js';

/** Comparison operators but `!=`, which is the negation of `==`. */
export type PositiveOperator = Exclude<ComparisonOperator, '!='>;

/** Looks at one value of a field. */
export type ScalarTest = (value: Scalar) => boolean;

/** Whether an ordering operator holds for a comparison's outcome. */
export function holdsFor(operator: PositiveOperator, order: number): boolean {
  switch (operator) {
    case '==':
      return order === 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/**
 * Compares with a constant that has no type but its own. With `loose` a number equals the text that spells it, and is
 * ordered against text that spells a number.
 */
export function compileUntypedTest(
  operator: PositiveOperator,
  constant: Scalar,
  dialect: Dialect,
  loose: boolean,
): ScalarTest {
  if (typeof constant === 'string') {
    const test = compileTextTest(operator, constant, dialect);
    if (!loose) return test;
    if (operator === '==') return (value) => test(isNumeric(value) ? String(value) : value);
    const number = numberOf(constant);
    return (value) =>
      isNumeric(value) ? number !== null && holdsFor(operator, orderNumbers(value, number)) : test(value);
  }
  if (typeof constant === 'boolean') {
    return operator === '==' ? (value) => value === constant : () => false;
  }
  const text = String(constant);
  if (operator === '==') {
    const equalsNumber: ScalarTest = (value) =>
      value === constant || (isNumeric(value) && orderNumbers(value, constant) === 0);
    return loose ? (value) => (typeof value === 'string' ? value === text : equalsNumber(value)) : equalsNumber;
  }
  return (value) => {
    const number = loose && typeof value === 'string' ? numberOf(value) : value;
    return isNumeric(number) && holdsFor(operator, orderNumbers(number, constant));
  };
}

const NUMBER_TEXT = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu;
/** No number of an event is longer; a hostile text may be. */
const MAX_NUMBER_TEXT = 400;

/** The number that a text spells in decimal notation, or null. 64-bit integers keep their value. */
function numberOf(text: string): number | bigint | null {
  if (text.length > MAX_NUMBER_TEXT || !NUMBER_TEXT.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) || !/^-?\d+$/u.test(text) ? number : BigInt(text);
}

function compileTextTest(operator: PositiveOperator, constant: string, dialect: Dialect): ScalarTest {
  if (operator === '==' && dialect.wildcardsInEquality && constant.includes('*')) {
    // Only `*` is a wildcard in Python EQL; a question mark stands for itself.
    const test = compileWildcardPattern(constant, 'unicode', { questionMark: false });
    return (value) => typeof value === 'string' && test(value);
  }
  if (dialect.foldCase) {
    const folded = foldCase(constant, 'unicode');
    if (operator === '==') return (value) => typeof value === 'string' && foldCase(value, 'unicode') === folded;
    return (value) =>
      typeof value === 'string' && holdsFor(operator, compareCodePoints(foldCase(value, 'unicode'), folded));
  }
  if (operator !== '==') {
    return (value) => typeof value === 'string' && holdsFor(operator, compareCodePoints(value, constant));
  }
  return (value) => value === constant;
}

/** Compares two values of which neither is constant. Values of different types are neither equal nor ordered. */
export function compareScalars(operator: PositiveOperator, left: Scalar, right: Scalar, dialect: Dialect): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    if (!dialect.foldCase)
      return operator === '==' ? left === right : holdsFor(operator, compareCodePoints(left, right));
    return holdsFor(operator, compareCodePoints(foldCase(left, 'unicode'), foldCase(right, 'unicode')));
  }
  if (isNumeric(left) && isNumeric(right)) return holdsFor(operator, orderNumbers(left, right));
  if (typeof left === 'boolean' || typeof right === 'boolean') return operator === '==' && left === right;
  if (!dialect.numbersEqualText) return false;
  if (operator === '==') return String(left) === String(right);
  const [a, b] = [left, right].map((value) => (typeof value === 'string' ? numberOf(value) : value));
  return isNumeric(a) && isNumeric(b) && holdsFor(operator, orderNumbers(a, b));
}

/** NaN is neither equal to nor ordered against anything. */
function orderNumbers(left: number | bigint, right: number | bigint): number {
  if (left < right) return -1;
  if (left > right) return 1;
  return left <= right ? 0 : NaN;
}
