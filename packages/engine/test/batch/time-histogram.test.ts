import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeHistogram } from '../../src/batch/time-histogram.js';

function histogram(times: readonly number[], maxBuckets: number) {
  const counter = new TimeHistogram();
  for (const time of times) counter.add(time);
  return counter.result(maxBuckets);
}

describe('a histogram over time', () => {
  it('has buckets of a round width that hold what falls into them, the empty ones too', () => {
    expect(histogram([0, 10, 4_999, 61_000], 20)).toEqual({
      bucketMs: 5_000,
      buckets: Array.from({ length: 13 }, (_, index) => ({
        startMs: index * 5_000,
        count: index === 0 ? 3 : index === 12 ? 1 : 0,
      })),
    });
  });

  it('is empty without points, and one bucket for one', () => {
    expect(histogram([], 10).buckets).toEqual([]);
    expect(histogram([-5], 10)).toEqual({ bucketMs: 1, buckets: [{ startMs: -5, count: 1 }] });
  });

  it('loses no point, keeps to the number of buckets, and puts each where it belongs', () => {
    const times = fc.array(fc.integer({ min: -1e13, max: 4e12 }), { minLength: 1, maxLength: 3_000 });
    fc.assert(
      fc.property(times, fc.integer({ min: 2, max: 50 }), (points, maxBuckets) => {
        const { bucketMs, buckets } = histogram(points, maxBuckets);
        expect(buckets.length).toBeLessThanOrEqual(maxBuckets);
        for (const { startMs, count } of buckets) {
          expect(count).toBe(points.filter((point) => point >= startMs && point < startMs + bucketMs).length);
        }
        expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(points.length);
      }),
      { seed: 20_260_302, numRuns: 60 },
    );
  });
});
