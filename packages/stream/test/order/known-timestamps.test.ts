import { utimes, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { KnownTimestamps } from '../../src/order/known-timestamps.js';
import { DEFAULT_ORDER_LIMITS } from '../../src/order/order-limits.js';
import { planSources } from '../../src/order/plan-sources.js';
import { streamSorted } from '../../src/order/stream-sorted.js';
import { makeSource } from '../make-folder.js';

describe('KnownTimestamps', () => {
  it('knows lines by number and length, as many as it may', () => {
    const known = new KnownTimestamps(5_000);
    known.add(1, { ms: -1.5, ns: 7 }, 10);
    known.add(4_999, { ms: 2, ns: 999_999 }, 20);
    known.add(5_000, { ms: 3, ns: 0 }, 30);
    expect(known.of(1, 10)).toEqual({ ms: -1.5, ns: 7 });
    expect(known.of(4_999, 20)).toEqual({ ms: 2, ns: 999_999 });
    expect([known.of(1, 11), known.of(0, 0), known.of(2, 0), known.of(5_000, 30), known.of(9_000, 30)]).toEqual(
      Array.from({ length: 5 }, () => null),
    );
  });
});

describe('a second look at a source', () => {
  const context = { onProblem: () => undefined, onRead: () => undefined };
  const timesIn = async (rewrite: ((path: string) => Promise<void>) | null): Promise<readonly number[]> => {
    const source = await makeSource('{"@timestamp":11}\nnonsense\n{"@timestamp":12}\n{"@timestamp":13,"a":1}\n');
    const { streamed } = await planSources([source], DEFAULT_ORDER_LIMITS, context);
    if (rewrite !== null && source.path !== undefined) await rewrite(source.path);
    const times: number[] = [];
    for (const plan of streamed)
      for await (const batch of streamSorted(plan, context)) times.push(...batch.map(({ timestamp }) => timestamp.ms));
    return times;
  };

  it('takes what the first one has found', async () => {
    expect(await timesIn(null)).toEqual([11, 12, 13]);
  });

  it('finds timestamps anew in a file that was written to in between, though lines are as long as before', async () => {
    const rewrite = async (path: string): Promise<void> => {
      await writeFile(path, '{"@timestamp":21}\nnonsense\n{"@timestamp":22}\n{"@timestamp":23,"a":1}\n');
      // Coarse clocks must not make the two look alike.
      await utimes(path, new Date(), new Date(Date.now() + 5_000));
    };
    expect(await timesIn(rewrite)).toEqual([21, 22, 23]);
  });
});
