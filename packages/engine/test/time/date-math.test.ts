import { describe, expect, it } from 'vitest';
import { parseDateExpression } from '../../src/time/date-math.js';
import { formatTimestamp } from '../../src/time/format-timestamp.js';

/** A Friday. */
const NOW_MS = Date.UTC(2024, 4, 31, 12, 34, 56, 789);

function evaluate(text: string, roundUp = false): string | null {
  const timestamp = parseDateExpression(text, NOW_MS, roundUp);
  return timestamp === null ? null : formatTimestamp(timestamp);
}

describe('parseDateExpression', () => {
  it.each([
    ['now', '2024-05-31T12:34:56.789Z'],
    ['now-9m', '2024-05-31T12:25:56.789Z'],
    ['now+1h', '2024-05-31T13:34:56.789Z'],
    ['now-1H', '2024-05-31T11:34:56.789Z'],
    ['now-30s', '2024-05-31T12:34:26.789Z'],
    ['now-1d', '2024-05-30T12:34:56.789Z'],
    ['now-1w', '2024-05-24T12:34:56.789Z'],
    ['now-d', '2024-05-30T12:34:56.789Z'],
    ['now-1M', '2024-04-30T12:34:56.789Z'],
    ['now-3M', '2024-02-29T12:34:56.789Z'],
    ['now-15M', '2023-02-28T12:34:56.789Z'],
    ['now+8M', '2025-01-31T12:34:56.789Z'],
    ['now-1y', '2023-05-31T12:34:56.789Z'],
    ['now/s', '2024-05-31T12:34:56.000Z'],
    ['now/m', '2024-05-31T12:34:00.000Z'],
    ['now/h', '2024-05-31T12:00:00.000Z'],
    ['now/d', '2024-05-31T00:00:00.000Z'],
    ['now/w', '2024-05-27T00:00:00.000Z'],
    ['now/M', '2024-05-01T00:00:00.000Z'],
    ['now/y', '2024-01-01T00:00:00.000Z'],
    ['now-1d/d', '2024-05-30T00:00:00.000Z'],
    ['now-1d/d+6h', '2024-05-30T06:00:00.000Z'],
    ['2024-01-01||+1M/d', '2024-02-01T00:00:00.000Z'],
    ['2024-01-31||+1M', '2024-02-29T00:00:00.000Z'],
    ['2024-02-29||+1y', '2025-02-28T00:00:00.000Z'],
    ['2024-01-31||-2M', '2023-11-30T00:00:00.000Z'],
    ['2024-01-01||', '2024-01-01T00:00:00.000Z'],
    ['2024-01-01T10:00:00.123456789Z||+1s', '2024-01-01T10:00:01.123456789Z'],
    ['2024-01-01T10:00:00.123456789Z||/s', '2024-01-01T10:00:00.000Z'],
    ['1970-01-01||-1d/w', '1969-12-29T00:00:00.000Z'],
    ['0001-03-31||-1M', '0001-02-28T00:00:00.000Z'],
    ['2024-05-31', '2024-05-31T00:00:00.000Z'],
    ['1717113600000', '2024-05-31T00:00:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(evaluate(text)).toBe(expected);
  });

  it.each([
    ['now/d', '2024-05-31T23:59:59.999999999Z'],
    ['now/w', '2024-06-02T23:59:59.999999999Z'],
    ['now-2M/M', '2024-03-31T23:59:59.999999999Z'],
    ['now/y', '2024-12-31T23:59:59.999999999Z'],
    ['2024-05-31', '2024-05-31T23:59:59.999999999Z'],
    ['2024-05-31||', '2024-05-31T23:59:59.999999999Z'],
    ['2024-05-31||+1d', '2024-06-01T00:00:00.000Z'],
    ['now-1d', '2024-05-30T12:34:56.789Z'],
  ])('%s rounded up is %s', (text, expected) => {
    expect(evaluate(text, true)).toBe(expected);
  });

  it.each([
    '',
    'now-',
    'now-9',
    'now-9q',
    'now-9mm',
    'now -9m',
    'now/2d',
    'now*2d',
    'nowadays',
    'now-9999999999d',
    'now+999999999y',
    'now-300000y/y',
    'never||+1d',
    '2024-01-01||1d',
    '2024-01-01|| +1d',
    '2024-02-30||+1d',
    '||+1d',
  ])('refuses %j', (text) => {
    expect(evaluate(text)).toBeNull();
    expect(evaluate(text, true)).toBeNull();
  });

  it('needs to be told what now is', () => {
    expect(parseDateExpression('now', undefined)).toBeNull();
    expect(parseDateExpression('now-1d', Number.NaN)).toBeNull();
    expect(parseDateExpression('2024-01-01||+1d', undefined)).toEqual({ ms: Date.UTC(2024, 0, 2), ns: 0 });
  });
});
