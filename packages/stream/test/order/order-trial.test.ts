import { describe, expect, it } from 'vitest';
import type { SourceLimits } from '../../src/order/order-limits.js';
import { OrderTrial } from '../../src/order/order-trial.js';
import { createRandom } from '../create-random.js';

const limits = (maxBufferedEvents: number, maxBufferedBytes = 1000): SourceLimits => ({
  maxBufferedEvents,
  maxBufferedBytes,
  chunkBytes: 1,
});

const CANDIDATES = [limits(2), limits(6, 60)] as const;

/** Whether a buffer that is run from the first event on puts them into order. */
function suffices(
  times: readonly number[],
  { maxBufferedEvents, maxBufferedBytes }: SourceLimits,
  strict: boolean,
): boolean {
  let held: number[] = [];
  let delivered = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < delivered || (strict && time === delivered)) return false;
    held = [...held, time].sort((a, b) => a - b);
    while (held.length > maxBufferedEvents || held.length * 10 > maxBufferedBytes)
      delivered = held.shift() ?? delivered;
  }
  return true;
}

describe('OrderTrial', () => {
  it('finds the buffer that running each of them would find', () => {
    const pick = createRandom(20_261_124);
    const found = new Map<number | null, number>();
    for (let round = 0; round < 2000; round += 1) {
      const disorder = pick(8);
      const late = pick(40);
      const times = Array.from(
        { length: 30 },
        (_, index) => index + (index < late ? 0 : pick(disorder + 1) - disorder),
      );
      const strict = pick(2) === 0;
      const trial = new OrderTrial(CANDIDATES, strict);
      for (const time of times) trial.add(time, 0, 10);
      const expected = [limits(0), ...CANDIDATES].find((candidate) => suffices(times, candidate, strict)) ?? null;
      const given = trial.sufficient?.maxBufferedEvents ?? null;
      expect(given, `${times.join(' ')} ${strict ? 'strict' : ''}`).toBe(expected?.maxBufferedEvents ?? null);
      found.set(given, (found.get(given) ?? 0) + 1);
    }
    for (const outcome of [0, 2, 6, null]) expect(found.get(outcome), String(outcome)).toBeGreaterThan(20);
  });
});
