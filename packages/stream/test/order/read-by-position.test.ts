import { truncate, utimes, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../src/order/file-blocks.js';
import type { OrderContext } from '../../src/order/order-context.js';
import { DEFAULT_ORDER_LIMITS } from '../../src/order/order-limits.js';
import { planSources } from '../../src/order/plan-sources.js';
import { readByPosition } from '../../src/order/read-by-position.js';
import type { PositionedSource } from '../../src/order/source-plan.js';
import type { EventSource } from '../../src/sources/event-source.js';
import { createRandom } from '../create-random.js';
import { makeSource } from '../make-folder.js';

// The fewest blocks that may be kept.
const LIMITS = { ...DEFAULT_ORDER_LIMITS, maxBufferedEvents: 0, maxCachedBytes: 0 };

const SILENT: OrderContext = { onProblem: (problem) => expect.unreachable(problem.detail), onRead: () => undefined };

async function positioned(source: EventSource): Promise<PositionedSource> {
  const { merged } = await planSources([source], LIMITS, SILENT);
  const [plan] = merged;
  if (plan?.way !== 'position') expect.unreachable('the file is not read by position');
  return plan;
}

async function textsOf(plan: PositionedSource, context = SILENT): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const lines of readByPosition(plan, LIMITS, context)) {
    texts.push(...lines.map(({ bytes, start, end }) => bytes.toString('utf8', start, end)));
  }
  return texts;
}

describe('readByPosition', () => {
  it.each([
    ...[1, 2, 3, 4].map((seed) => ({ seed, parts: 3, name: 'interleaved' })),
    ...[5, 6, 7, 8].map((seed) => ({ seed, parts: 9, name: 'appended' })),
  ])('gives the lines of files in order that were $name, seed $seed', async ({ seed, parts, name }) => {
    const pick = createRandom(20_261_124 + seed);
    const timed: { time: number; text: string }[] = [];
    let file = '\ufeff';
    for (let count = 0; count < 900; count += 1) {
      const partLines = 900 / parts;
      const part = Math.floor(count / partLines);
      // All parts begin at the same time, or each begins when that behind it has ended.
      const begin = name === 'appended' ? (parts - part) * 100_000 : 0;
      const time = begin + (count % partLines) * 10 + pick(10);
      // Some lines cross blocks, and some are longer than one.
      const pad = 'ä'.repeat(pick(60) === 0 ? BLOCK_BYTES + pick(9) : pick(400));
      const text = `{"@timestamp":${String(time)},"id":${String(count)},"pad":"${pad}"}`;
      timed.push({ time, text });
      file += `${text}${['\n', '\r\n', '\n\n', '\n  \n'][pick(4)] ?? ''}`;
    }
    const plan = await positioned(await makeSource(file));
    const texts = await textsOf(plan);
    const expected = timed.toSorted((a, b) => a.time - b.time).map(({ text }) => text);
    expect(texts.length).toBe(expected.length);
    texts.forEach((text, index) => {
      if (text !== expected[index]) expect(text).toBe(expected[index]);
    });
  });

  it('counts all bytes of the file', async () => {
    const source = await makeSource('\n\n{"@timestamp":2}\r\n{"@timestamp":1}\n\n');
    let bytes = 0;
    const plan = await positioned(source);
    await textsOf(plan, { ...SILENT, onRead: (read) => (bytes += read) });
    expect(bytes).toBe(source.sizeBytes);
  });

  it('ends when it is aborted', async () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => `{"@timestamp":${String(2_000 - index)}}\n`);
    const plan = await positioned(await makeSource(lines.join('')));
    const abort = new AbortController();
    let read = 0;
    for await (const batch of readByPosition(plan, LIMITS, { ...SILENT, signal: abort.signal })) {
      read += batch.length;
      abort.abort();
    }
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(2_000);
  });

  it.each([
    { name: 'backwards', time: (index: number) => 2_000 - index },
    { name: 'with its halves swapped', time: (index: number) => (index + 1_000) % 2_000 },
  ])('reports a file $name that becomes shorter, and makes no events of other memory', async ({ time }) => {
    const pad = 'x'.repeat(1_000);
    const lines = Array.from({ length: 2_000 }, (_, index) => `{"@timestamp":${String(time(index))},"pad":"${pad}"}\n`);
    const source = await makeSource(lines.join(''));
    const plan = await positioned(source);
    const problems: string[] = [];
    const texts: string[] = [];
    const reading = readByPosition(plan, LIMITS, { ...SILENT, onProblem: ({ detail }) => problems.push(detail) });
    for await (const batch of reading) {
      texts.push(...batch.map(({ bytes, start, end }) => bytes.toString('utf8', start, end)));
      // What comes first in time stands in the second half of the file.
      if (source.path !== undefined) await truncate(source.path, 10);
    }
    expect(problems).toEqual([expect.stringContaining('became shorter')]);
    expect(texts.every((text) => text.startsWith('{"@timestamp":') && text.endsWith('x"}'))).toBe(true);
    expect(texts.length).toBeLessThan(2_000);
  });

  it('sorts a file anew that was written to since the look', async () => {
    const source = await makeSource('{"@timestamp":12}\n{"@timestamp":11}\n');
    const plan = await positioned(source);
    if (source.path === undefined) expect.unreachable('it is a file');
    await writeFile(source.path, '{"@timestamp":22}\n{"@timestamp":21}\n{"@timestamp":20}\n');
    // Coarse clocks must not make the two look alike.
    await utimes(source.path, new Date(), new Date(Date.now() + 5_000));
    expect(await textsOf(plan)).toEqual(['{"@timestamp":20}', '{"@timestamp":21}', '{"@timestamp":22}']);
  });
});
