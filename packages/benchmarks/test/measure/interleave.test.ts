import { describe, expect, it } from 'vitest';
import { compareTimes } from '../../src/measure/compare-times.js';
import { interleave } from '../../src/measure/interleave.js';
import { median } from '../../src/measure/median.js';

describe('interleave', () => {
  it('measures in turns, each round starting with another variant', async () => {
    const order: string[] = [];
    const variant = (name: string) => ({
      name,
      measure: () => {
        order.push(name);
        return Promise.resolve(order.length);
      },
    });
    const samples = await interleave([variant('a'), variant('b')], 3);
    expect(order).toEqual(['a', 'b', 'b', 'a', 'a', 'b']);
    expect(samples.get('a')).toEqual([1, 4, 5]);
    expect(samples.get('b')).toEqual([2, 3, 6]);
  });
});

describe('median', () => {
  it('takes the middle, or the mean of the middle two', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 9, 2])).toBe(3);
    expect(() => median([])).toThrow('no values');
  });
});

describe('compareTimes', () => {
  it('takes the ratio within each round, so that a slow round does no harm', () => {
    // The second round was ten times slower for both.
    expect(compareTimes([2, 20, 2], [1, 10, 1])).toEqual({ value: 2, against: 1, ratio: 2 });
  });
});
