import type { Scalar } from '../values/value.js';

const LEAST_PLAIN = 1e-3;
const LEAST_EXPONENTIAL = 1e7;

/**
 * The text of a value as `string()` and `concat()` write it. A number that is statically a double is written as Java
 * writes doubles: `4.0`, and `1.0E7` from ten million on or below a thousandth. Any other number is written plainly.
 */
export function textOfValue(value: Scalar, double: boolean): string {
  if (typeof value === 'number' && double) return textOfDouble(value);
  return String(value);
}

function textOfDouble(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return '-0.0';
  const magnitude = Math.abs(value);
  if (magnitude === 0 || (magnitude >= LEAST_PLAIN && magnitude < LEAST_EXPONENTIAL))
    return withFraction(String(value));
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  return `${withFraction(digits)}E${Number(exponent)}`;
}

function withFraction(digits: string): string {
  return digits.includes('.') ? digits : `${digits}.0`;
}
