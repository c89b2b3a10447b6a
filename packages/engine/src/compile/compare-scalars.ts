import type { ComparisonOperator, Dialect } from '@eqlkit/language';
import { foldCase } from '../text/case-folding.js';
import { compileWildcardPattern } from '../text/wildcard-pattern.js';
import type { Scalar } from '../values/value.js';

/** Comparison operators but `!=`, which is the negation of `==`. */
export type PositiveOperator = Exclude<ComparisonOperator, '!='>;

/** Looks at one value of a field. */
export type ScalarTest = (value: Scalar) => boolean;

/** Negative, zero or positive as the first text sorts before, with or behind the second by code points. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const left = a.charCodeAt(at);
    const right = b.charCodeAt(at);
    if (left === right) continue;
    // Surrogates stand for code points above every other unit, though their own numbers are lower than some.
    const leftAbove = left >= 0xd800 && left <= 0xdfff;
    const rightAbove = right >= 0xd800 && right <= 0xdfff;
    return leftAbove === rightAbove ? left - right : leftAbove ? 1 : -1;
  }
  return a.length - b.length;
}

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
 * Compares with a constant that has no type but its own. Without a schema an event may write a number as text or a
 * numeric text as number: they are equal if their texts are, and ordered as numbers.
 */
export function compileUntypedTest(operator: PositiveOperator, constant: Scalar, dialect: Dialect): ScalarTest {
  if (typeof constant === 'string') return compileTextTest(operator, constant, dialect);
  if (typeof constant === 'boolean') {
    return operator === '==' ? (value) => value === constant : () => false;
  }
  const spelled = dialect.untypedNumbersEqualText;
  if (operator === '==') {
    const text = String(constant);
    return (value) => (isNumeric(value) ? orderNumbers(value, constant) === 0 : spelled && value === text);
  }
  return (value) => {
    const number = isNumeric(value) ? value : spelled ? spelledNumber(value) : null;
    return number !== null && holdsFor(operator, orderNumbers(number, constant));
  };
}

/** The constants that a value may be identical with in order to equal a text: itself, or the number that it spells. */
export function formsOfText(text: string, dialect: Dialect): readonly Scalar[] {
  const number = dialect.untypedNumbersEqualText ? spelledNumber(text) : null;
  return number !== null && String(number) === text ? [text, number] : [text];
}

const NUMBER_TEXT = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu;
/** No number of an event is longer; a hostile text may be. */
const MAX_NUMBER_TEXT = 400;

function spelledNumber(value: Scalar): number | bigint | null {
  if (typeof value !== 'string' || value.length > MAX_NUMBER_TEXT || !NUMBER_TEXT.test(value)) return null;
  const number = Number(value);
  if (Number.isSafeInteger(number) || !/^-?\d+$/u.test(value)) return number;
  return BigInt(value);
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
  const [, number] = formsOfText(constant, dialect);
  if (operator === '==') {
    return number === undefined ? (value) => value === constant : (value) => value === constant || value === number;
  }
  const orderable = dialect.untypedNumbersEqualText ? spelledNumber(constant) : null;
  return (value) => {
    if (typeof value === 'string') return holdsFor(operator, compareCodePoints(value, constant));
    return orderable !== null && isNumeric(value) && holdsFor(operator, orderNumbers(value, orderable));
  };
}

/** Compares two values of which neither is constant. Values of different types are neither equal nor ordered. */
export function compareScalars(operator: PositiveOperator, left: Scalar, right: Scalar, dialect: Dialect): boolean {
  if (typeof left === 'string' && typeof right === 'string') {
    if (!dialect.foldCase)
      return operator === '==' ? left === right : holdsFor(operator, compareCodePoints(left, right));
    return holdsFor(operator, compareCodePoints(foldCase(left, 'unicode'), foldCase(right, 'unicode')));
  }
  if (isNumeric(left) && isNumeric(right)) return holdsFor(operator, orderNumbers(left, right));
  if (operator !== '==') return false;
  if (typeof left === 'boolean' || typeof right === 'boolean') return left === right;
  return dialect.numbersEqualText && String(left) === String(right);
}

/** NaN is neither equal to nor ordered against anything. */
function orderNumbers(left: number | bigint, right: number | bigint): number {
  if (left < right) return -1;
  if (left > right) return 1;
  return left <= right ? 0 : NaN;
}

function isNumeric(value: Scalar): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
