import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_ORDER_LIMITS } from '../../src/order/order-limits.js';
import { planSources } from '../../src/order/plan-sources.js';
import type { EventSource } from '../../src/sources/event-source.js';
import { makeSource } from '../make-folder.js';

const CONTEXT = { onProblem: () => expect.unreachable('planning reports no problems'), onRead: () => undefined };
const LIMITS = { ...DEFAULT_ORDER_LIMITS, maxBufferedEvents: 40 };

async function fileAt(timestamps: readonly number[], prefix = ''): Promise<EventSource> {
  return makeSource(prefix + timestamps.map((ms) => `{"@timestamp":${String(ms)}}\n`).join(''));
}

/** The limit of buffered events for each streamed source, and the indexes of those that are positioned or sorted. */
async function plan(sources: readonly EventSource[], limits = LIMITS, tiebreakerField?: string) {
  const context = tiebreakerField === undefined ? CONTEXT : { ...CONTEXT, tiebreakerField };
  const { merged, sorted } = await planSources(sources, limits, context);
  return {
    streamed: merged.flatMap((one) => (one.way === 'stream' ? [[one.sourceIndex, one.limits.maxBufferedEvents]] : [])),
    positioned: merged.flatMap((one) => (one.way === 'position' ? [one.sourceIndex] : [])),
    ranges: merged.map(({ range }) => range && [range.first.ms, range.last.ms]),
    sorted: sorted.map(({ sourceIndex }) => sourceIndex),
  };
}

const ASCENDING = Array.from({ length: 100 }, (_, index) => index);

describe('planSources', () => {
  it('streams a file in order without a buffer, bad lines or not', async () => {
    const source = await fileAt(ASCENDING, 'nonsense\n{"a":1}\n');
    expect(await plan([source])).toEqual({ streamed: [[0, 0]], positioned: [], ranges: [[0, 99]], sorted: [] });
  });

  it('takes the full buffer where events are further out of order', async () => {
    const source = await fileAt([...ASCENDING.slice(10), ...ASCENDING.slice(0, 10)].slice(60));
    expect(await plan([source])).toEqual({ streamed: [[0, 40]], positioned: [], ranges: [[0, 99]], sorted: [] });
  });

  const backwards = (): Promise<EventSource> => fileAt([...ASCENDING].reverse());
  const SORTED = { streamed: [], positioned: [], ranges: [], sorted: [0] };

  it('reads a file by position that no buffer puts into order', async () => {
    expect(await plan([await backwards()])).toEqual({
      streamed: [],
      positioned: [0],
      ranges: [[0, 99]],
      sorted: [],
    });
  });

  it('sorts it if not all of its lines can be remembered', async () => {
    expect(await plan([await backwards()], { ...LIMITS, maxKnownLines: 100 })).toEqual(SORTED);
    expect((await plan([await backwards()], { ...LIMITS, maxKnownLines: 101 })).sorted).toEqual([]);
  });

  it('sorts it if it is compressed, or no NDJSON', async () => {
    const lines = [3, 2, 1].map((ms) => `{"@timestamp":${String(ms)}}`);
    const limits = { ...LIMITS, maxBufferedEvents: 0 };
    expect(await plan([await makeSource(gzipSync(`${lines.join('\n')}\n`), 'events.gz')], limits)).toEqual(SORTED);
    expect(await plan([await makeSource(`[${lines.join(',\n')}]`)], limits)).toEqual(SORTED);
    expect(await plan([await makeSource('@timestamp,a\n3,x\n2,x\n1,x\n')], limits)).toEqual(SORTED);
    expect(await plan([await makeSource(lines.map((line) => `{"_source":${line}}\n`).join(''))], limits)).toEqual(
      SORTED,
    );
  });

  it('sorts it if reading its lines where they stand would read it many times', async () => {
    const pad = 'x'.repeat(1_000);
    const count = 5_000;
    const time = (index: number): number => (index * 1_999) % count;
    const scattered = await makeSource(
      Array.from({ length: count }, (_, index) => `{"@timestamp":${String(time(index))},"pad":"${pad}"}\n`).join(''),
    );
    expect(await plan([scattered], { ...LIMITS, maxCachedBytes: 1 })).toEqual(SORTED);
    expect((await plan([scattered])).positioned).toEqual([0]);
  });

  it('sorts many events of one timestamp only if there is a tiebreaker', async () => {
    const source = await fileAt(ASCENDING.map(() => 5));
    expect(await plan([source])).toMatchObject({ streamed: [[0, 0]], sorted: [] });
    expect(await plan([source], LIMITS, 'event.sequence')).toMatchObject({ streamed: [], sorted: [0] });
  });

  it('streams what can be read only once, unseen', async () => {
    const stdin = { name: 'stdin', kind: 'stdin' } as const;
    expect(await plan([stdin])).toEqual({ streamed: [[0, 40]], positioned: [], ranges: [null], sorted: [] });
  });

  it('streams a file without events, whose problems have to be read', async () => {
    expect(await plan([await makeSource('nonsense\n')])).toEqual({
      streamed: [[0, 0]],
      positioned: [],
      ranges: [null],
      sorted: [],
    });
  });

  it('sorts what overlaps with too many others, and streams any number that follow each other', async () => {
    const limits = { ...LIMITS, maxOpenSources: 2 };
    const overlapping = await Promise.all([fileAt([0, 10]), fileAt([1, 11]), fileAt([2, 12]), fileAt([12, 13])]);
    expect(await plan(overlapping, limits)).toMatchObject({
      streamed: [
        [0, 0],
        [1, 0],
        [3, 0],
      ],
      sorted: [2],
    });
    const following = await Promise.all([9, 7, 5, 3, 1].map((start) => fileAt([start, start + 1])));
    expect((await plan(following, limits)).streamed.map(([index]) => index)).toEqual([4, 3, 2, 1, 0]);
  });
});
