import { describe, expect, it } from 'vitest';
import { numericIntervalRegex } from '../../src/regex/numeric-interval.js';

function accepted(min: string, max: string): readonly number[] {
  const regex = new RegExp(`^${numericIntervalRegex(min, max)}$`, 'u');
  return Array.from({ length: 1_200 }, (_, number) => number).filter((number) => regex.test(String(number)));
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

describe('numericIntervalRegex', () => {
  it.each([
    [0, 9],
    [0, 1_100],
    [7, 7],
    [1, 20],
    [9, 10],
    [99, 101],
    [123, 987],
    [5, 1_034],
    [100, 199],
    [255, 1_000],
  ])('accepts the numbers from %d to %d and no other', (min, max) => {
    expect(accepted(String(min), String(max))).toEqual(range(min, max));
    expect(accepted(String(max), String(min))).toEqual(range(min, max));
  });

  it('asks for the width of the bounds if they have one', () => {
    const regex = new RegExp(`^${numericIntervalRegex('008', '120')}$`, 'u');
    expect(['008', '099', '120'].every((text) => regex.test(text))).toBe(true);
    expect(['8', '99', '0099', '121', '007'].some((text) => regex.test(text))).toBe(false);
  });

  it('takes leading zeros otherwise', () => {
    const regex = new RegExp(`^${numericIntervalRegex('8', '120')}$`, 'u');
    expect(['8', '008', '0000120'].every((text) => regex.test(text))).toBe(true);
    expect(['0', '00121', ''].some((text) => regex.test(text))).toBe(false);
  });
});
