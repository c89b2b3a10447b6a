import { describe, expect, it } from 'vitest';
import { parseTimestampText } from '../../src/time/timestamp.js';
import { parseUtcInstant } from '../../src/time/utc-instant.js';

describe('parseUtcInstant', () => {
  it.each([
    '2024-05-31T12:34:56Z',
    '2024-05-31T12:34:56.7Z',
    '2024-05-31T12:34:56.789Z',
    '2024-05-31T12:34:56.789123Z',
    '2024-05-31T12:34:56.000000001Z',
    '2024-02-29T23:59:59.999999999Z',
    '1969-12-31T23:59:59.5Z',
    '0100-01-01T00:00:00Z',
    '9999-12-31T00:00:00.100Z',
  ])('reads %s as the general reader does', (text) => {
    expect(parseUtcInstant(text)).not.toBeNull();
    expect(parseUtcInstant(text)).toEqual(parseTimestampText(text, 'start'));
  });

  it.each([
    '',
    '2024-05-31',
    '2024-05-31T12:34:56',
    '2024-05-31 12:34:56Z',
    '2024-05-31T12:34:56z',
    '2024-05-31T12:34:56.Z',
    '2024-05-31T12:34:56,7Z',
    '2024-05-31T12:34:56.7+00:00Z',
    '2024-05-31T12:34:56.1234567890Z',
    '2023-02-29T12:34:56Z',
    '2024-04-31T12:34:56Z',
    '2024-00-31T12:34:56Z',
    '2024-13-31T12:34:56Z',
    '2024-05-00T12:34:56Z',
    '2024-05-32T12:34:56Z',
    '2024-05-31T24:34:56Z',
    '2024-05-31T12:60:56Z',
    '2024-05-31T12:34:60Z',
    '2024-05-31T12:34:-6Z',
    '2O24-05-31T12:34:56Z',
    '0099-01-01T00:00:00Z',
  ])('leaves %j to others', (text) => {
    expect(parseUtcInstant(text)).toBeNull();
  });
});
