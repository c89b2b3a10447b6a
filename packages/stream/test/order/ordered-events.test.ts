import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EventRecord } from '../../src/event-record.js';
import { orderedEvents, type OrderedEventsOptions } from '../../src/order/ordered-events.js';
import { collectOrdered } from '../collect-events.js';
import { createRandom } from '../create-random.js';
import { makeFolder, makeSource } from '../make-folder.js';

const STDIN = { name: 'stdin', kind: 'stdin' } as const;

/** Limits so small that everything that can spill, spills, and runs are merged in several rounds. */
const TINY_LIMITS = {
  maxBufferedEvents: 8,
  maxBufferedBytes: 4096,
  maxRunBytes: 2000,
  maxMergedRuns: 3,
  maxOpenSources: 2,
  maxKnownLines: 0,
};

/** Limits that have every file that is not in order read by position. */
const POSITION_LIMITS = { maxBufferedEvents: 0, maxBufferedBytes: 0, maxCachedBytes: 0 };

interface Sample {
  readonly time: string;
  readonly sequence?: number | string;
  readonly id: number;
}

function toLine({ time, sequence, id }: Sample): string {
  return JSON.stringify({ '@timestamp': time, event: { category: 'process', sequence }, id });
}

function isoTime(second: number, nanosecond = 0): string {
  const whole = new Date(1_700_000_000_000 + second * 1000).toISOString().slice(0, -5);
  return `${whole}.${String(nanosecond).padStart(9, '0')}Z`;
}

async function sampleSource(samples: readonly Sample[], name: string) {
  return makeSource(samples.map((sample) => `${toLine(sample)}\n`).join(''), name);
}

function ids(records: readonly EventRecord[]): unknown[] {
  return records.map(({ event }) => event['id']);
}

/** Points the system's temporary folder at a new one, so that what is left there can be seen. */
async function watchTemporaryFolder(): Promise<() => Promise<string[]>> {
  const folder = await makeFolder();
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  onTestFinished(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });
  return async () => (await readdir(folder)).filter((name) => name.startsWith('eqlkit-sort'));
}

describe('orderedEvents', () => {
  const random = createRandom(20240601);
  const seeds = Array.from({ length: 12 }, () => random(1_000_000));

  describe.each(seeds)('with random events of seed %i', (seed) => {
    /** Sources of random disorder, and the ids in the order that a plain sort gives. */
    async function makeSamples() {
      const pick = createRandom(seed);
      const sourceCount = 1 + pick(5);
      const all: { sample: Sample; sourceIndex: number; line: number }[] = [];
      const sources = [];
      for (let sourceIndex = 0; sourceIndex < sourceCount; sourceIndex++) {
        const disorder = [0, 0, 3, 500][pick(4)] ?? 0;
        const samples = Array.from({ length: pick(400) }, (_, index) => {
          const second = Math.max(0, Math.floor(index / 3) + pick(disorder + 1) - disorder);
          const sequence = [pick(5), 'b', 'a', undefined][pick(4)];
          const id = sourceIndex * 1000 + index;
          return { time: isoTime(second, pick(2)), id, ...(sequence === undefined ? {} : { sequence }) };
        });
        all.push(...samples.map((sample, index) => ({ sample, sourceIndex, line: index + 1 })));
        sources.push(await sampleSource(samples, `${String(sourceIndex)}.ndjson`));
      }
      return { sources, all };
    }

    function rank(sequence: number | string | undefined): string {
      return sequence === undefined ? '3' : typeof sequence === 'number' ? `1${String(sequence)}` : `2${sequence}`;
    }

    it.each([
      ['default limits', {}],
      ['tiny limits', TINY_LIMITS],
      ['reading by position', POSITION_LIMITS],
    ])('gives what a sort gives, with %s', async (_, limits) => {
      const { sources, all } = await makeSamples();
      const byTime = [...all].sort((a, b) =>
        a.sample.time < b.sample.time ? -1 : a.sample.time > b.sample.time ? 1 : 0,
      );
      const plain = await collectOrdered(sources, { limits });
      expect(ids(plain.records)).toEqual(byTime.map(({ sample }) => sample.id));
      expect([plain.problems, plain.late]).toEqual([[], []]);
      expect(plain.bytesRead).toBe(sources.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0));

      const sortKey = ({ sample }: (typeof all)[number]) => sample.time + rank(sample.sequence);
      const byTiebreaker = [...all].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : sortKey(a) > sortKey(b) ? 1 : 0));
      const tied = await collectOrdered(sources, { limits, tiebreakerField: 'event.sequence' });
      expect(ids(tied.records)).toEqual(byTiebreaker.map(({ sample }) => sample.id));
      expect(tied.late).toEqual([]);
    });
  });

  const reversed = Array.from({ length: 200 }, (_, index) => ({ time: isoTime(200 - index), id: 200 - index }));
  const ascending = [...reversed].reverse();

  it('tells source, line and size of each event, also after sorting', async () => {
    const source = await sampleSource(reversed, 'back.ndjson');
    for (const limits of [TINY_LIMITS, POSITION_LIMITS]) {
      const { records } = await collectOrdered([source], { limits });
      expect(records[0]).toMatchObject({ source: 'back.ndjson', line: 200, event: { id: 1 } });
      expect(records[0]?.sizeBytes).toBe(JSON.stringify(records[0]?.event).length);
    }
  });

  it('reports each problem once, however a file is ordered', async () => {
    const bad = [
      'nonsense',
      '{"@timestamp":"2020-01-01T00:00:00Z"',
      '[1]',
      '{"a":1}',
      '{"@timestamp":"2024-01-01T00:00:00Z"}',
      '{"@timestamp":"2024-01-01T00:00:00Z","\\u0061":1}',
      '{"@timestamp":"never"}',
      'x'.repeat(2000),
    ];
    const kinds = [
      'invalid-json',
      'invalid-json',
      'invalid-timestamp',
      'line-too-long',
      'missing-category',
      'missing-category',
      'missing-timestamp',
      'not-an-object',
    ];
    for (const [samples, limits] of [
      [ascending, TINY_LIMITS],
      [reversed, TINY_LIMITS],
      [reversed, POSITION_LIMITS],
    ] as const) {
      const source = await makeSource([...bad, ...samples.map(toLine)].join('\n'));
      for (const tiebreaker of [{}, { tiebreakerField: 'event.sequence' }]) {
        const { problems, records } = await collectOrdered([source], { limits, maxLineBytes: 1000, ...tiebreaker });
        expect(problems.map(({ kind }) => kind).sort()).toEqual(kinds);
        expect(new Set(problems.map(({ line }) => line)).size).toBe(kinds.length);
        expect(records).toHaveLength(202);
      }
    }
  });

  it('reports truncated gzip once, and orders what could be read', async () => {
    const compressed = gzipSync(reversed.map((sample) => `${toLine(sample)}\n`).join(''), { level: 0 });
    const source = await makeSource(compressed.subarray(0, compressed.length - 1000));
    const { problems, records } = await collectOrdered([source], { limits: TINY_LIMITS });
    expect(problems.map(({ kind }) => kind)).toEqual(['truncated-input']);
    expect(records.length).toBeGreaterThan(0);
    expect(ids(records)).toEqual(ids(records).sort((a, b) => Number(a) - Number(b)));
  });

  it('ends early, without a complaint, once it is aborted', async () => {
    for (const samples of [ascending, reversed]) {
      const controller = new AbortController();
      const source = await sampleSource(samples, 'aborted.ndjson');
      let count = 0;
      const problems: unknown[] = [];
      const limits = { ...TINY_LIMITS, chunkBytes: 64 };
      for await (const { records } of orderedEvents([source], {
        limits,
        signal: controller.signal,
        onFormat: () => {
          // During the look before reading.
          controller.abort();
        },
        onProblem: (problem) => problems.push(problem),
      })) {
        count += records.length;
      }
      expect(problems).toEqual([]);
      expect(count).toBeLessThan(samples.length);
    }
  });

  it('reports a file that is gone, and reads the others', async () => {
    const gone = { name: 'gone', kind: 'file', path: join(await makeFolder(), 'gone'), sizeBytes: 9 } as const;
    const { problems, records } = await collectOrdered([gone, await sampleSource(ascending, 'a')]);
    expect(problems).toEqual([{ kind: 'truncated-input', source: 'gone', line: 1, detail: 'no such file' }]);
    expect(records).toHaveLength(200);
  });

  it('orders by the timestamp of the event, whatever else looks like it', async () => {
    const lines = [
      '{"inner":{"@timestamp":9000},"@timestamp":3000,"event.category":"x","id":3}',
      '{"\\u0040timestamp":1000,"inner":{"@timestamp":8000},"event.category":"x","id":1}',
      '{"text":"\\"@timestamp\\":7000","@timestamp":["1970-01-01T00:00:02Z"],"event.category":"x","id":2}',
      '{"@timestamp":9000,"@timestamp":0,"event.category":"x","id":0}',
    ];
    const source = await makeSource(lines.join('\n'));
    for (const limits of [{}, { ...TINY_LIMITS, maxBufferedEvents: 1 }]) {
      expect(ids((await collectOrdered([source], { limits })).records)).toEqual([0, 1, 2, 3]);
    }
  });

  it('orders by another timestamp field, nested or dotted', async () => {
    const lines = [3, 1, 2].map((ms) =>
      JSON.stringify({ ...(ms === 1 ? { 'event.created': ms } : { event: { created: ms } }), kind: 'x', id: ms }),
    );
    const { records, problems } = await collectOrdered([await makeSource(lines.join('\n'))], {
      timestampField: 'event.created',
      categoryField: 'kind',
      limits: { maxBufferedEvents: 1 },
    });
    expect(ids(records)).toEqual([1, 2, 3]);
    expect(problems).toEqual([]);
  });

  it('keeps big integers and an event of 10 MB through a sort on disk', async () => {
    const big = '{"@timestamp":5,"event.category":"x","id":5,"n":18446744073709551615,"text":';
    const lines = [`${big}"${'é'.repeat(5_000_000)}"}`, ...reversed.map(toLine), '{"@timestamp":1,"id":1}'];
    const { records } = await collectOrdered([await makeSource(lines.join('\n'))], { limits: TINY_LIMITS });
    expect(ids(records).slice(0, 2)).toEqual([1, 5]);
    expect(records[1]?.event['n']).toBe(18446744073709551615n);
    expect(records[1]?.sizeBytes).toBeGreaterThan(10_000_000);
    expect(records).toHaveLength(202);
  });

  it('merges standard input with files', async () => {
    const odd = ascending.filter(({ id }) => id % 2 === 1);
    const stdin = Readable.from(ascending.filter(({ id }) => id % 2 === 0).map((sample) => `${toLine(sample)}\n`));
    const { records, late } = await collectOrdered([STDIN, await sampleSource(odd, 'odd.ndjson')], { stdin });
    expect(ids(records)).toEqual(ascending.map(({ id }) => id));
    expect(late).toEqual([]);
  });

  it('delivers and reports events of standard input that come too late for the buffer', async () => {
    const order = [10, 11, 13, 12, 14, 15, 16, 17, 1, 18, 19];
    const lines = order.map((id) => `${toLine({ time: isoTime(id), id })}\n`);
    const { records, late } = await collectOrdered([STDIN], {
      stdin: Readable.from(lines),
      limits: { maxBufferedEvents: 3 },
    });
    expect(ids(late)).toEqual([1]);
    expect(ids(records).filter((id) => id !== 1)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(records).toHaveLength(order.length);
  });

  it('gives nothing for no sources and empty ones', async () => {
    expect((await collectOrdered([])).records).toEqual([]);
    expect((await collectOrdered([await makeSource(''), await makeSource('\n\n')])).records).toEqual([]);
  });

  describe('leaves nothing in the temporary folder', () => {
    async function* reversedBatches(options: Partial<OrderedEventsOptions> = {}) {
      const many = Array.from({ length: 2000 }, (_, id) => ({ time: isoTime(2000 - id), id }));
      const source = await sampleSource(many, 'back.ndjson');
      const more = await sampleSource(ascending, 'more.ndjson');
      yield* orderedEvents([source, more], { limits: TINY_LIMITS, onProblem: () => undefined, ...options });
    }

    it('when the events end', async () => {
      const leftover = await watchTemporaryFolder();
      let used = 0;
      for await (const { records } of reversedBatches()) used += records.length * (await leftover()).length;
      expect(used).toBeGreaterThan(0);
      expect(await leftover()).toEqual([]);
    });

    it('when the loop is left', async () => {
      const leftover = await watchTemporaryFolder();
      for await (const { records } of reversedBatches()) {
        expect(records.length).toBeGreaterThan(0);
        expect(await leftover()).toHaveLength(1);
        break;
      }
      expect(await leftover()).toEqual([]);
    });

    it('when the loop throws', async () => {
      const leftover = await watchTemporaryFolder();
      const failing = async () => {
        for await (const { records } of reversedBatches()) throw new Error(`seen ${String(records.length)}`);
      };
      await expect(failing()).rejects.toThrow('seen');
      expect(await leftover()).toEqual([]);
    });

    it('when a callback throws', async () => {
      const leftover = await watchTemporaryFolder();
      const onProblem = () => {
        throw new Error('enough');
      };
      const source = await makeSource([...reversed.map(toLine), 'nonsense'].join('\n'));
      const failing = collect(orderedEvents([source], { limits: TINY_LIMITS, onProblem }));
      await expect(failing).rejects.toThrow('enough');
      expect(await leftover()).toEqual([]);
    });

    it('when it is closed from outside', async () => {
      const leftover = await watchTemporaryFolder();
      const batches = reversedBatches();
      await batches.next();
      await batches.return(undefined);
      expect(await leftover()).toEqual([]);
    });
  });

  it('uses no disk for disordered files that fit into memory', async () => {
    const leftover = await watchTemporaryFolder();
    const source = await sampleSource(reversed, 'back.ndjson');
    const limits = { maxBufferedEvents: 8 };
    for await (const { records } of orderedEvents([source], { limits, onProblem: () => undefined })) {
      expect(records.length).toBeGreaterThan(0);
      expect(await leftover()).toEqual([]);
    }
  });

  it('fails with the cure where the temporary folder cannot be made', async () => {
    const source = await sampleSource(reversed, 'back.ndjson');
    await watchTemporaryFolder();
    process.env['TMPDIR'] = '/nowhere/at/all';
    await expect(collectOrdered([source], { limits: TINY_LIMITS })).rejects.toThrow('set TMPDIR');
  });
});

async function collect(batches: AsyncIterable<unknown>): Promise<void> {
  for await (const batch of batches) expect(batch).toBeDefined();
}
