import { utimes, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { LineTable } from '../../src/order/line-table.js';
import { DEFAULT_ORDER_LIMITS } from '../../src/order/order-limits.js';
import { planSources } from '../../src/order/plan-sources.js';
import { streamSorted } from '../../src/order/stream-sorted.js';
import { createRandom } from '../create-random.js';
import { makeSource } from '../make-folder.js';

interface KnownLine {
  readonly line: number;
  readonly ms: number;
  readonly ns: number;
  readonly offset: number;
  readonly lineBytes: number;
}

/** Lines that follow each other, together. */
function divide(lines: readonly KnownLine[]): readonly (readonly KnownLine[])[] {
  const runs: KnownLine[][] = [];
  for (const known of lines) {
    const run = runs.at(-1);
    if (run !== undefined && run.at(-1)?.line === known.line - 1) run.push(known);
    else runs.push([known]);
  }
  return runs;
}

/** Adds few lines one by one, and many at once. */
function addRun(table: LineTable, run: readonly KnownLine[]): void {
  const [first] = run;
  if (first === undefined) return;
  if (run.length < 3) {
    for (const { line, ms, ns, offset, lineBytes } of run) table.add(line, ms, ns, offset, lineBytes);
    return;
  }
  // As there is room for more.
  const behind = [0, 0];
  table.addMany(first.line, {
    count: run.length,
    end: 0,
    orderedCount: 0,
    ms: Float64Array.from([...run.map(({ ms }) => ms), ...behind]),
    ns: Uint32Array.from([...run.map(({ ns }) => ns), ...behind]),
    hasNs: run.some(({ ns }) => ns !== 0),
    offsets: Float64Array.from([...run.map(({ offset }) => offset), ...behind]),
    sizes: Uint32Array.from([...run.map(({ lineBytes }) => lineBytes), ...behind]),
  });
}

describe('LineTable', () => {
  it('knows lines by number and length, as many as it may', () => {
    const table = new LineTable(5_000);
    table.add(1, -2, 7, 0, 10);
    table.add(4_999, 2, 999_999, 2 ** 40, 20);
    expect(table.isComplete).toBe(true);
    table.add(5_000, 3, 0, 2 ** 41, 30);
    expect(table.isComplete).toBe(false);
    expect(table.of(1, 10)).toEqual({ ms: -2, ns: 7 });
    expect(table.of(4_999, 20)).toEqual({ ms: 2, ns: 999_999 });
    expect(table.timestampOf(4_999)).toEqual({ ms: 2, ns: 999_999 });
    expect(table.positionOf(4_999)).toEqual({ offset: 2 ** 40, lineBytes: 20 });
    const unknown = [table.of(1, 11), table.of(0, 0), table.of(2, 0), table.of(5_000, 30), table.of(9_000, 30)];
    expect([...unknown, table.timestampOf(2), table.timestampOf(9_000)]).toEqual(Array.from({ length: 7 }, () => null));
  });

  it('puts lines into the order of their timestamps, to the nanosecond, and of their numbers', () => {
    const table = new LineTable(100);
    [5, 3, -2, 3, 5].forEach((ms, index) => {
      table.add(index * 2 + 1, ms, index === 1 ? 4 : 2, index, 1);
    });
    expect([...table.inOrder()]).toEqual([5, 7, 3, 1, 9]);
    expect(table.inOrder()).toHaveLength(5);
  });

  it.each([
    ['near', 20_000, 200],
    ['years apart', 1e12, 200],
    ['as far apart as there are dates', 8.64e15, 5e9],
  ])('holds lines whose times and places are %s', (_, maxMs, maxLineBytes) => {
    const pick = createRandom(20_261_124);
    const between = (max: number): number => Math.floor((pick(2 ** 30) / 2 ** 30) * (max + 1));
    const table = new LineTable(10_000);
    const lines: KnownLine[] = [];
    let offset = between(2 ** 50);
    for (let line = 1; line < 6_000; line += 1) {
      // Some lines are no events, thousands in a row among them.
      if (pick(line > 4_500 ? 300 : 5) === 0 || (line > 2_000 && line < 4_500)) continue;
      const lineBytes = 1 + between(200);
      lines.push({ line, ms: between(2 * maxMs) - maxMs, ns: pick(3) === 0 ? pick(1_000_000) : 0, offset, lineBytes });
      offset += lineBytes + between(maxLineBytes);
    }
    for (const run of divide(lines)) addRun(table, run);
    for (const { line, ms, ns, offset: at, lineBytes } of lines) {
      expect(table.timestampOf(line)).toEqual({ ms, ns });
      expect(table.positionOf(line)).toEqual({ offset: at, lineBytes });
    }
    const expected = lines.toSorted((a, b) => a.ms - b.ms || a.ns - b.ns || a.line - b.line).map(({ line }) => line);
    expect([...table.inOrder()]).toEqual(expected);
    table.forgetPositions();
    for (const { line, ms, ns, lineBytes } of lines) {
      expect(table.of(line, lineBytes)).toEqual({ ms, ns });
      expect(table.of(line, lineBytes + 1)).toBeNull();
    }
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
