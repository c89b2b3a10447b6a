import { utimes, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { LineTable } from '../../src/order/line-table.js';
import { DEFAULT_ORDER_LIMITS } from '../../src/order/order-limits.js';
import { planSources } from '../../src/order/plan-sources.js';
import { streamSorted } from '../../src/order/stream-sorted.js';
import { makeSource } from '../make-folder.js';

describe('LineTable', () => {
  const at = (offset: number, lineBytes: number) => ({ offset, lineBytes });

  it('knows lines by number and length, as many as it may', () => {
    const table = new LineTable(5_000);
    table.add(1, -1.5, 7, 0, 10);
    table.add(4_999, 2, 999_999, 2 ** 40, 20);
    expect(table.isComplete).toBe(true);
    table.add(5_000, 3, 0, 2 ** 41, 30);
    expect(table.isComplete).toBe(false);
    expect(table.of(1, 10)).toEqual({ ms: -1.5, ns: 7 });
    expect(table.of(4_999, 20)).toEqual({ ms: 2, ns: 999_999 });
    expect(table.positionOf(4_999)).toEqual(at(2 ** 40, 20));
    expect([table.of(1, 11), table.of(0, 0), table.of(2, 0), table.of(5_000, 30), table.of(9_000, 30)]).toEqual(
      Array.from({ length: 5 }, () => null),
    );
  });

  it('puts lines into the order of their timestamps, to the nanosecond, and of their numbers', () => {
    const table = new LineTable(100);
    const times = [5, 3, -2, 3, 5].map((ms, index) => ({ ms, ns: index === 1 ? 4 : 2 }));
    times.forEach((time, index) => {
      table.add(index * 2 + 1, time.ms, time.ns, index, 1);
    });
    expect([...table.inOrder()]).toEqual([5, 7, 3, 1, 9]);
    expect(table.inOrder()).toHaveLength(5);
  });
});

describe('a second look at a source', () => {
  const context = { onProblem: () => undefined, onRead: () => undefined };
  const timesIn = async (rewrite: ((path: string) => Promise<void>) | null): Promise<readonly number[]> => {
    const source = await makeSource('{"@timestamp":11}\nnonsense\n{"@timestamp":12}\n{"@timestamp":13,"a":1}\n');
    const { merged } = await planSources([source], DEFAULT_ORDER_LIMITS, context);
    if (rewrite !== null && source.path !== undefined) await rewrite(source.path);
    const times: number[] = [];
    for (const plan of merged) {
      if (plan.way !== 'stream') expect.unreachable('the lines are in order');
      for await (const batch of streamSorted(plan, context)) times.push(...batch.map(({ timestamp }) => timestamp.ms));
    }
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
