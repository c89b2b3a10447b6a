import { expect, it } from 'vitest';
import { formatTimestamp } from '../../src/time/format-timestamp.js';

it.each([
  [{ ms: 0, ns: 0 }, '1970-01-01T00:00:00.000Z'],
  [{ ms: -1, ns: 0 }, '1969-12-31T23:59:59.999Z'],
  [{ ms: 1, ns: 7 }, '1970-01-01T00:00:00.001000007Z'],
  [{ ms: 1, ns: 999_999 }, '1970-01-01T00:00:00.001999999Z'],
])('writes %o as %s', (timestamp, expected) => {
  expect(formatTimestamp(timestamp)).toBe(expected);
});
