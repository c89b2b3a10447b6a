import { describe, expect, it } from 'vitest';
import {
  compareTimestamps,
  isBeyondSpan,
  parseTimestamp,
  parseTimestampText,
  timestampFromEpochMs,
} from '../../src/time/timestamp.js';

const MAY_31 = Date.UTC(2024, 4, 31);

describe('parseTimestamp', () => {
  it.each([
    ['2024-05-31T12:34:56.789Z', MAY_31 + 45_296_789, 0],
    ['2024-05-31T12:34:56.789123456Z', MAY_31 + 45_296_789, 123_456],
    ['2024-05-31T12:34:56.7891234567Z', MAY_31 + 45_296_789, 123_456],
    ['2024-05-31T12:34:56,5Z', MAY_31 + 45_296_500, 0],
    ['2024-05-31T12:34:56', MAY_31 + 45_296_000, 0],
    ['2024-05-31 12:34:56', MAY_31 + 45_296_000, 0],
    ['2024-05-31T12:34Z', MAY_31 + 45_240_000, 0],
    ['2024-05-31T12', MAY_31 + 43_200_000, 0],
    ['2024-05-31', MAY_31, 0],
    ['2024-05', Date.UTC(2024, 4), 0],
    ['2024', Date.UTC(2024), 0],
    ['2024-05-31T12:34:56+02:00', MAY_31 + 38_096_000, 0],
    ['2024-05-31T12:34:56-0530', MAY_31 + 65_096_000, 0],
    ['2024-05-31T00:00:00+18', MAY_31 - 64_800_000, 0],
    ['2024-02-29', Date.UTC(2024, 1, 29), 0],
    ['1969-12-31T23:59:59.999999999Z', -1, 999_999],
    ['1717113600000', 1_717_113_600_000, 0],
    ['0', 0, 0],
    ['-1', -1, 0],
  ])('reads %s', (text, ms, ns) => {
    expect(parseTimestamp(text)).toEqual({ ms, ns });
  });

  it('reads numbers as epoch milliseconds', () => {
    expect(parseTimestamp(1_717_113_600_000)).toEqual({ ms: 1_717_113_600_000, ns: 0 });
    expect(parseTimestamp(1_500.5)).toEqual({ ms: 1_500, ns: 500_000 });
    expect(parseTimestamp(-0.5)).toEqual({ ms: -1, ns: 500_000 });
    expect(parseTimestamp(10n)).toEqual({ ms: 10, ns: 0 });
  });

  it.each([
    '',
    'yesterday',
    '2024-13-01',
    '2024-00-01',
    '2024-02-30',
    '2023-02-29',
    '2024-05-31T24:00:00Z',
    '2024-05-31T12:60:00Z',
    '2024-05-31T12:34:60Z',
    '2024-05-31T12:34:56+19:00',
    '2024-05-31T12:34:56+18:01',
    '2024-05-31T12:34:56+01:60',
    '2024-5-31',
    '2024-05-31T',
    '+275761-01-01',
    '9999999999999999',
    '2024-05-31T12:34:56ZZ',
  ])('refuses %j', (text) => {
    expect(parseTimestamp(text)).toBeNull();
  });

  it.each([[true], [null], [undefined], [[1]], [{}], [Number.NaN], [Infinity], [9e15], [10n ** 30n]])(
    'refuses the value %s',
    (value) => {
      expect(parseTimestamp(value)).toBeNull();
    },
  );
});

describe('parseTimestampText', () => {
  it.each([
    ['2024', '2024-01-01T23:59:59.999Z'],
    ['2024-05', '2024-05-01T23:59:59.999Z'],
    ['2024-05-31', '2024-05-31T23:59:59.999Z'],
    ['2024-05-31T10', '2024-05-31T10:59:59.999Z'],
    ['2024-05-31T10:20', '2024-05-31T10:20:59.999Z'],
    ['2024-05-31T10:20:30', '2024-05-31T10:20:30.999Z'],
    ['2024-05-31T10:20+01:00', '2024-05-31T09:20:59.999Z'],
  ])('fills %s up to the end', (text, expected) => {
    expect(parseTimestampText(text, 'end')).toEqual({ ms: Date.parse(expected), ns: 999_999 });
  });

  it('leaves what is written', () => {
    expect(parseTimestampText('2024-05-31T10:20:30.5Z', 'end')).toEqual({ ms: MAY_31 + 37_230_500, ns: 0 });
    expect(parseTimestampText('1000', 'start')).toEqual({ ms: Date.UTC(1000), ns: 0 });
    expect(parseTimestampText('100000', 'end')).toEqual({ ms: 100_000, ns: 0 });
  });
});

describe('timestampFromEpochMs', () => {
  it('covers the years of a date and no more', () => {
    expect(timestampFromEpochMs(8.64e15)).toEqual({ ms: 8.64e15, ns: 0 });
    expect(timestampFromEpochMs(8.64e15 + 2)).toBeNull();
  });
});

describe('comparing timestamps', () => {
  it('orders by millisecond, then nanosecond', () => {
    expect(compareTimestamps({ ms: 1, ns: 9 }, { ms: 2, ns: 0 })).toBeLessThan(0);
    expect(compareTimestamps({ ms: 2, ns: 1 }, { ms: 2, ns: 0 })).toBeGreaterThan(0);
    expect(compareTimestamps({ ms: 2, ns: 1 }, { ms: 2, ns: 1 })).toBe(0);
  });

  it('counts the end of a span as inside', () => {
    expect(isBeyondSpan({ ms: 0, ns: 0 }, { ms: 1_000, ns: 0 }, 1_000)).toBe(false);
    expect(isBeyondSpan({ ms: 0, ns: 0 }, { ms: 1_000, ns: 1 }, 1_000)).toBe(true);
    expect(isBeyondSpan({ ms: 0, ns: 5 }, { ms: 1_000, ns: 5 }, 1_000)).toBe(false);
    expect(isBeyondSpan({ ms: 0, ns: 5 }, { ms: 1_001, ns: 0 }, 1_000)).toBe(true);
  });
});
