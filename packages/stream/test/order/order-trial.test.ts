import { describe, expect, it } from 'vitest';
import type { SourceLimits } from '../../src/order/order-limits.js';
import { OrderTrial } from '../../src/order/order-trial.js';
import { createRandom } from '../create-random.js';

const limits = (maxBufferedEvents: number, maxBufferedBytes = 1000): SourceLimits => ({
  maxBufferedEvents,
  maxBufferedBytes,
  chunkBytes: 1,
});

interface TimedEvent {
  readonly time: number;
  readonly bytes: number;
}

/** Whether a buffer that is run from the first event on puts them into order. */
function suffices(
  events: readonly TimedEvent[],
  { maxBufferedEvents, maxBufferedBytes }: SourceLimits,
  strict: boolean,
): boolean {
  const held: TimedEvent[] = [];
  let heldBytes = 0;
  let delivered = Number.NEGATIVE_INFINITY;
  for (const event of events) {
    if (event.time < delivered || (strict && event.time === delivered)) return false;
    held.push(event);
    held.sort((a, b) => a.time - b.time);
    heldBytes += event.bytes;
    while (held.length > maxBufferedEvents || heldBytes > maxBufferedBytes) {
      const next = held.shift();
      delivered = next?.time ?? delivered;
      heldBytes -= next?.bytes ?? 0;
    }
  }
  return true;
}

/** Events of which those from some place on come up to so much out of order. */
function createEvents(
  pick: (bound: number) => number,
  { count, maxDisorder, maxBytes }: { count: number; maxDisorder: number; maxBytes: number },
): readonly TimedEvent[] {
  const disorder = pick(maxDisorder);
  const late = pick(count + Math.ceil(count / 3));
  return Array.from({ length: count }, (_, index) => ({
    time: index + (index < late ? 0 : pick(disorder + 1) - disorder),
    bytes: 1 + pick(maxBytes),
  }));
}

/** Divides events into runs, many of them of one. */
function divide(events: readonly TimedEvent[], pick: (bound: number) => number): readonly (readonly TimedEvent[])[] {
  const runs: (readonly TimedEvent[])[] = [];
  for (let start = 0; start < events.length; start += runs.at(-1)?.length ?? 1) {
    runs.push(events.slice(start, start + 1 + (pick(3) === 0 ? pick(40) : 0)));
  }
  return runs;
}

function addRun(trial: OrderTrial, run: readonly TimedEvent[], strict: boolean): void {
  const ms = Float64Array.from(run, ({ time }) => Math.floor(time / 3));
  const ns = Uint32Array.from(run, ({ time }) => ((time % 3) + 3) % 3);
  const sizes = Uint32Array.from(run, ({ bytes }) => bytes);
  if (run.length === 1) {
    trial.add(ms[0] ?? 0, ns[0] ?? 0, sizes[0] ?? 0);
    return;
  }
  const broken = run.findIndex(({ time }, index) => {
    const before = run[index - 1]?.time ?? Number.NEGATIVE_INFINITY;
    return time < before || (strict && time === before);
  });
  const orderedCount = broken === -1 ? run.length : broken;
  trial.addMany({ count: run.length, orderedCount, ms, ns, sizes });
}

describe('OrderTrial', () => {
  it.each([
    { rounds: 2000, count: 30, maxDisorder: 8, maxBytes: 20, candidates: [limits(2), limits(6, 60)] as const },
    // So many that not all of them are kept.
    { rounds: 30, count: 9000, maxDisorder: 80, maxBytes: 20, candidates: [limits(15, 900), limits(50, 900)] as const },
    {
      rounds: 60,
      count: 2500,
      maxDisorder: 500,
      maxBytes: 20,
      candidates: [limits(100, 5000), limits(300, 3500)] as const,
    },
    {
      rounds: 60,
      count: 1500,
      maxDisorder: 1000,
      maxBytes: 20,
      candidates: [limits(250, 9999), limits(1000, 9999)] as const,
    },
    // Some have more bytes than the buffer may hold.
    { rounds: 500, count: 300, maxDisorder: 3, maxBytes: 330, candidates: [limits(2, 320), limits(6, 325)] as const },
    { rounds: 200, count: 300, maxDisorder: 3, maxBytes: 10, candidates: [limits(0), limits(0)] as const },
  ])('finds the buffer that running each of them would find, in $count events', ({ rounds, candidates, ...shape }) => {
    const pick = createRandom(20_261_124);
    const found = new Map<number | null, number>();
    for (let round = 0; round < rounds; round += 1) {
      const events = createEvents(pick, shape);
      const strict = pick(2) === 0;
      const trial = new OrderTrial(candidates, strict);
      const asking = pick(3);
      for (const run of divide(events, pick)) {
        addRun(trial, run, strict);
        // What is known so far may be asked for at any time, or never.
        if (asking > 0 && pick(40 ** asking) === 0 && trial.sufficient === null) break;
      }
      const expected = [limits(0), ...candidates].find((candidate) => suffices(events, candidate, strict)) ?? null;
      const given = trial.sufficient?.maxBufferedEvents ?? null;
      expect(given, `round ${String(round)} ${strict ? 'strict' : ''}`).toBe(expected?.maxBufferedEvents ?? null);
      found.set(given, (found.get(given) ?? 0) + 1);
    }
    for (const outcome of [0, ...candidates.map(({ maxBufferedEvents }) => maxBufferedEvents), null]) {
      expect(found.get(outcome), String(outcome)).toBeGreaterThan(rounds / 200);
    }
  });
});
