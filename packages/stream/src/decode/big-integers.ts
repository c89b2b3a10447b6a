import type { JsonValue } from '@eqlkit/engine';
import { parse } from 'lossless-json';

const LONG_DIGITS = /[:[,]\s*-?\d{16}/u;
const INTEGER = /^-?\d+$/u;

/** Whether JSON text may hold an integer that a double cannot: quick, and wrong only by answering yes too often. */
export function mayHoldBigInteger(text: string): boolean {
  return LONG_DIGITS.test(text);
}

/** Whether a document decoded by `JSON.parse` holds an integer whose digits may have been rounded. */
export function holdsUnsafeInteger(value: JsonValue): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsUnsafeInteger);
}

/**
 * Decodes JSON like `JSON.parse`, duplicate and `__proto__` keys included, except that integers beyond the safe range
 * of a double become bigint. Numbers with a fraction or exponent stay numbers. Some ten times slower; throws
 * `SyntaxError` for invalid JSON.
 */
export function parseWithBigIntegers(text: string): unknown {
  return parse(text, undefined, { parseNumber: exactNumber, onDuplicateKey: ({ newValue }) => newValue });
}

function exactNumber(literal: string): number | bigint {
  const value = Number(literal);
  return INTEGER.test(literal) && !Number.isSafeInteger(value) ? BigInt(literal) : value;
}
