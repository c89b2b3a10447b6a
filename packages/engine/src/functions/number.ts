import { fitsInt64, normalizeInteger } from '../values/integer.js';
import type { Value } from '../values/value.js';
import type { FunctionImplementation } from './call-context.js';

const HEX_PREFIX = '0x';
const INTEGER = /^[+-]?\d+$/u;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/u;
const BASE_DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Digits enough for a 64-bit integer in base 2 with a sign; longer texts may only have leading zeros beyond. */
const MAX_INTEGER_TEXT = 1_000;

/**
 * `number(text[, base])`: the number that a text spells, whitespace around it aside. The base is 10, or 16 after `0x`,
 * if it is left out or null. Base 10 reads a 64-bit integer or else a decimal fraction, any other base from 2 to 36
 * only a 64-bit integer, and base 16 takes a prefix `0x`. A text that spells no number gives null and is reported,
 * except in the `endgame` dialect.
 */
export const number: FunctionImplementation = ({ dialect, report }) => {
  return ([text = null, base = null]) => {
    if (typeof text !== 'string') return null;
    if (base !== null && typeof base !== 'number') return null;
    const result = parseNumber(text.trim(), base);
    if (result === null && dialect.name !== 'endgame') report('unparsable-number');
    return result;
  };
};

function parseNumber(text: string, givenBase: number | null): Value {
  const hexadecimal = text.startsWith(HEX_PREFIX);
  const base = givenBase ?? (hexadecimal ? 16 : 10);
  if (base === 10) return parseDecimal(text);
  return parseInteger(hexadecimal && base === 16 ? text.slice(HEX_PREFIX.length) : text, base);
}

function parseDecimal(text: string): Value {
  if (INTEGER.test(text)) {
    const integer = parseInteger(text, 10);
    if (integer !== null) return integer;
  }
  return DECIMAL.test(text) ? Number(text) : null;
}

function parseInteger(text: string, base: number): Value {
  if (!Number.isInteger(base) || base < 2 || base > 36 || text.length > MAX_INTEGER_TEXT) return null;
  const digits = /^[+-]?([0-9a-z]+)$/u.exec(text.toLowerCase())?.[1];
  if (digits === undefined) return null;
  const allowed = BASE_DIGITS.slice(0, base);
  let value = 0n;
  for (const digit of digits) {
    const place = allowed.indexOf(digit);
    if (place === -1) return null;
    value = value * BigInt(base) + BigInt(place);
  }
  if (text.startsWith('-')) value = -value;
  return fitsInt64(value) ? normalizeInteger(value) : null;
}
