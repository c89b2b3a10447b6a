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

/** The limit of buffered events for each streamed source, and the indexes of the sorted ones. */
async function plan(sources: readonly EventSource[], limits = LIMITS, tiebreakerField?: string) {
  const context = tiebreakerField === undefined ? CONTEXT : { ...CONTEXT, tiebreakerField };
  const { streamed, sorted } = await planSources(sources, limits, context);
  return {
    streamed: streamed.map(({ sourceIndex, limits: { maxBufferedEvents } }) => [sourceIndex, maxBufferedEvents]),
    ranges: streamed.map(({ range }) => range && [range.first.ms, range.last.ms]),
    sorted: sorted.map(({ sourceIndex }) => sourceIndex),
  };
}

const ASCENDING = Array.from({ length: 100 }, (_, index) => index);

describe('planSources', () => {
  it('streams a file in order without a buffer, bad lines or not', async () => {
    const source = await fileAt(ASCENDING, 'nonsense\n{"a":1}\n');
    expect(await plan([source])).toEqual({ streamed: [[0, 0]], ranges: [[0, 99]], sorted: [] });
  });

  it('takes the full buffer where events are further out of order', async () => {
    const source = await fileAt([...ASCENDING.slice(10), ...ASCENDING.slice(0, 10)].slice(60));
    expect(await plan([source])).toEqual({ streamed: [[0, 40]], ranges: [[0, 99]], sorted: [] });
  });

  it('sorts a file that no buffer puts into order', async () => {
    expect(await plan([await fileAt([...ASCENDING].reverse())])).toEqual({ streamed: [], ranges: [], sorted: [0] });
  });

  it('sorts many events of one timestamp only if there is a tiebreaker', async () => {
    const source = await fileAt(ASCENDING.map(() => 5));
    expect(await plan([source])).toMatchObject({ streamed: [[0, 0]], sorted: [] });
    expect(await plan([source], LIMITS, 'event.sequence')).toMatchObject({ streamed: [], sorted: [0] });
  });

  it('streams what can be read only once, unseen', async () => {
    const stdin = { name: 'stdin', kind: 'stdin' } as const;
    expect(await plan([stdin])).toEqual({ streamed: [[0, 40]], ranges: [null], sorted: [] });
  });

  it('streams a file without events, whose problems have to be read', async () => {
    expect(await plan([await makeSource('nonsense\n')])).toEqual({ streamed: [[0, 0]], ranges: [null], sorted: [] });
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
