import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrequentValues } from '../../src/schema/frequent-values.js';

const SEED = 20_260_302;

function countExactly(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

describe('frequent values', () => {
  it('are exact while there is room, the most frequent first', () => {
    const frequent = new FrequentValues<string | number>(3);
    for (const value of ['a', 1, 'a', '1', 'a', 1]) frequent.add(value);
    expect(frequent.top(2)).toEqual([
      { value: 'a', count: 3 },
      { value: 1, count: 2 },
    ]);
    expect(frequent.isExact).toBe(true);
  });

  it('never claim more than there was, and hold every value that is frequent enough', () => {
    const letters = fc.constantFrom('a', 'a', 'a', 'b', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 200 }), fc.integer({ min: 1, max: 6 }), (values, capacity) => {
        const frequent = new FrequentValues<string>(capacity);
        for (const value of values) frequent.add(value);
        const exact = countExactly(values);
        const found = frequent.top(capacity);
        for (const { value, count } of found) expect(count).toBeLessThanOrEqual(exact.get(value) ?? 0);
        for (const [value, count] of exact) {
          if (count > values.length / capacity) expect(found.map((one) => one.value)).toContain(value);
        }
        if (frequent.isExact) expect(new Map(found.map(({ value, count }) => [value, count]))).toEqual(exact);
      }),
      { seed: SEED },
    );
  });
});
