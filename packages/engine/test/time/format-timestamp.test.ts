import { describe, expect, it } from 'vitest';
import { formatTimestamp } from '../../src/time/format-timestamp.js';
import { parseTimestamp } from '../../src/time/timestamp.js';

describe('formatTimestamp', () => {
  it.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02T03:04:05.678+01:00', '2026-01-02T02:04:05.678Z'],
    ['2026-01-02T03:04:05.678901Z', '2026-01-02T03:04:05.678901Z'],
    ['2026-01-02T03:04:05.000000009Z', '2026-01-02T03:04:05.000000009Z'],
    ['1969-12-31T23:59:59.999999999Z', '1969-12-31T23:59:59.999999999Z'],
  ])('writes %s', (text, expected) => {
    const timestamp = parseTimestamp(text);
    expect(timestamp === null ? null : formatTimestamp(timestamp)).toBe(expected);
  });

  it.each([
    [{ ms: 0, ns: 0 }, '1970-01-01T00:00:00.000Z'],
    [{ ms: -1, ns: 0 }, '1969-12-31T23:59:59.999Z'],
    [{ ms: 1, ns: 7 }, '1970-01-01T00:00:00.001000007Z'],
    [{ ms: 1, ns: 7_000 }, '1970-01-01T00:00:00.001007Z'],
    [{ ms: 1, ns: 999_999 }, '1970-01-01T00:00:00.001999999Z'],
  ])('writes %o as %s', (timestamp, expected) => {
    expect(formatTimestamp(timestamp)).toBe(expected);
  });

  it('never throws', () => {
    expect(formatTimestamp({ ms: 9e15, ns: 0 })).toBe('+275760-09-13T00:00:00.000Z');
    expect(formatTimestamp({ ms: -9e15, ns: 5 })).toBe('-271821-04-20T00:00:00.000000005Z');
  });
});
