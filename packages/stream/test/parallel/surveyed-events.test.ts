import { appendFile, truncate } from 'node:fs/promises';
import { LazyEvent, type JsonObject, type Timestamp } from '@eqlkit/engine';
import { LineWorkers, WorkerError } from '@eqlkit/stream';
import { afterEach, describe, expect, it } from 'vitest';
import type { EventProblem } from '../../src/decode/event-problem.js';
import { surveyedEvents } from '../../src/parallel/surveyed-events.js';
import { scannedEvents } from '../../src/scanned-events.js';
import type { EventSource } from '../../src/sources/event-source.js';
import { createRandom } from '../create-random.js';
import { makeSource } from '../make-folder.js';

const SEED = 20_261_124;
const MAX_LINE_BYTES = 400;
const READING = { fieldPaths: [{ parts: ['n'], structured: false }], maxLineBytes: MAX_LINE_BYTES };

let workers: LineWorkers<number> | null = null;
afterEach(async () => {
  await workers?.close();
  workers = null;
});

/** Starts workers that look at events of sources, and waits until they are ready. */
async function start(sources: readonly EventSource[], count = 2): Promise<LineWorkers<number>> {
  await workers?.close();
  const started = new LineWorkers<number>(
    new URL('survey-thirds.js', import.meta.url),
    count,
    { sources },
    // What runs the tests resolves packages to TypeScript, which a thread cannot load.
    { execArgv: [] },
  );
  workers = started;
  await expect.poll(() => started.error?.message ?? started.ready, { timeout: 20_000 }).toBe(count);
  return started;
}

interface Seen {
  readonly event: JsonObject;
  readonly timestamp: Timestamp;
  readonly ordinal: number;
}

function decode(event: JsonObject | LazyEvent): JsonObject {
  return event instanceof LazyEvent ? event.decode() : event;
}

/** By line, since they come in the order of the pieces in which lines are read and then decoded. */
function inOrder(problems: readonly EventProblem[]): readonly string[] {
  return problems.map((problem) => `${String(problem.line).padStart(6)} ${JSON.stringify(problem)}`).sort();
}

async function readAlone(sources: readonly EventSource[]) {
  const seen: Seen[] = [];
  const problems: EventProblem[] = [];
  let bytes = 0;
  for await (const batch of scannedEvents(sources, { ...READING, onProblem: (problem) => problems.push(problem) })) {
    bytes += batch.bytesRead;
    batch.visit((event, timestamp, ordinal) => seen.push({ event: decode(event), timestamp, ordinal }));
  }
  return { seen, problems: inOrder(problems), bytes };
}

interface Ranged {
  readonly rangeBytes?: number;
  readonly looksAtAll?: boolean;
  readonly onBatch?: () => Promise<void>;
}

/** With workers; of events of which they found nothing, and that are not looked at, only time and place are known. */
async function readSurveyed(sources: readonly EventSource[], together: LineWorkers<number>, ranged: Ranged = {}) {
  const { onBatch, looksAtAll = false, ...options } = ranged;
  const seen: (Omit<Seen, 'event'> & { readonly event: JsonObject | null })[] = [];
  const problems: EventProblem[] = [];
  let bytes = 0;
  let surveyed = 0;
  const batches = surveyedEvents(sources, {
    ...READING,
    ...options,
    workers: together,
    looksAtAll,
    onProblem: (problem) => problems.push(problem),
    onFindings: (events) => {
      surveyed += events;
    },
  });
  for await (const batch of batches) {
    bytes += batch.bytesRead;
    batch.visit((event, timestamp, ordinal, numbers) => {
      const isLookedAt = looksAtAll || numbers === null || numbers.length > 0;
      const decoded = isLookedAt ? decode(event) : null;
      if (numbers !== null && numbers.length > 0) expect(numbers).toEqual([decoded?.['n'], ordinal]);
      if (numbers?.length === 0 && typeof decoded?.['n'] === 'number') expect(decoded['n'] % 3).not.toBe(0);
      seen.push({ event: decoded, timestamp, ordinal });
    });
    await onBatch?.();
  }
  return { seen, problems: inOrder(problems), bytes, surveyed };
}

/** Lines of all kinds, the events of them in order. */
function writeLines(random: (bound: number) => number, lines: number): string {
  const eol = random(2) === 0 ? '\n' : '\r\n';
  let ms = Date.UTC(2026, 0, 1);
  const text = Array.from({ length: lines }, (_, n) => {
    ms += random(3) === 0 ? 0 : random(2_000);
    const time = new Date(ms).toISOString();
    const category = '"event":{"category":"process"}';
    switch (random(16)) {
      case 0:
        return ' '.repeat(random(3));
      case 1:
        return 'no event';
      case 2:
        return `{"@timestamp":"${time}",${category},"n":${String(n)},"long":"${'x'.repeat(random(600))}"}`;
      case 3:
        return `{"@timestamp":"${time}","n":${String(n)}}`;
      case 4:
        return `{"@timestamp":"yesterday",${category},"n":${String(n)}}`;
      case 5:
        return `{"@timestamp":"${time}",${category},"n":${String(n)}`;
      case 6:
        ms += 1;
        return `{"@timestamp":"${time.replace('Z', '654321Z')}",${category},"n":${String(n)}}`;
      case 7:
        return `{"@timestamp":${String(ms)},${category},"n":${String(n)}, "e": "\\u00e4\u00e9"}`;
      case 8:
        return `\ufeff{"@timestamp":"${time}",${category},"n":${String(n)}}`;
      default:
        return `{"@timestamp":"${time}",${category},"n":${String(n)}}`;
    }
  }).join(eol);
  return `${random(3) === 0 ? '\ufeff' : ''}${text}${random(2) === 0 ? eol : ''}`;
}

describe(`surveyedEvents gives what scannedEvents gives (seed ${String(SEED)})`, () => {
  it.each([1, 2, 3])('of files with lines of all kinds, cut into ranges anywhere, with %i workers', async (count) => {
    const random = createRandom(SEED + count);
    let surveyedFiles = 0;
    for (let round = 0; round < 6; round += 1) {
      const sources = [await makeSource(writeLines(random, 1 + random(120)))];
      const alone = await readAlone(sources);
      const together = await start(sources, count);
      for (const rangeBytes of [1, 64, 1 + random(500), 1_000_000]) {
        for (const looksAtAll of [true, false]) {
          const { seen, surveyed, ...others } = await readSurveyed(sources, together, { rangeBytes, looksAtAll });
          const context = `round ${String(round)}, ranges of ${String(rangeBytes)} bytes`;
          const expected = alone.seen.map(({ event, ...rest }, index) => ({
            event: seen[index]?.event === null ? null : event,
            ...rest,
          }));
          expect(seen, context).toEqual(expected);
          expect(others, context).toEqual({ problems: alone.problems, bytes: alone.bytes });
          expect(surveyed, context).toBe(seen.length);
          surveyedFiles += Number(surveyed > 0);
        }
      }
    }
    expect(surveyedFiles).toBeGreaterThan(30);
  });

  it('of files that follow each other, and of some that overlap', async () => {
    const line = (hour: number, n: number): string =>
      `{"@timestamp":"2026-01-01T${String(hour).padStart(2, '0')}:00:00Z","event":{"category":"file"},"n":${String(n)}}\n`;
    const early = await makeSource(line(1, 1) + line(2, 2) + line(3, 3), 'early.ndjson');
    const late = await makeSource(line(4, 4) + 'none\n' + line(6, 6), 'late.ndjson');
    const between = await makeSource(line(2, 12) + line(5, 15), 'between.ndjson');
    for (const sources of [
      [late, early],
      [early, late, between],
    ]) {
      const alone = await readAlone(sources);
      const { seen, problems } = await readSurveyed(sources, await start(sources), {
        rangeBytes: 100,
        looksAtAll: true,
      });
      expect(seen).toEqual(alone.seen);
      expect(problems).toEqual(alone.problems);
    }
  });

  it('of a file that holds no event, and of none', async () => {
    for (const sources of [[await makeSource('none\nof these\n')], [await makeSource('')], []]) {
      const { seen, problems } = await readSurveyed(sources, await start(sources));
      expect(seen).toEqual([]);
      expect(problems).toEqual((await readAlone(sources)).problems);
    }
  });

  it('as long as no worker is ready', async () => {
    const sources = [await makeSource(writeLines(createRandom(SEED), 200))];
    const script = `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {});`;
    workers = new LineWorkers(new URL(`data:text/javascript,${encodeURIComponent(script)}`), 1, null);
    const alone = await readAlone(sources);
    const { surveyed, ...others } = await readSurveyed(sources, workers, { rangeBytes: 300 });
    expect(others).toEqual(alone);
    expect(surveyed).toBe(0);
  });
});

describe('surveyedEvents', () => {
  const lines = Array.from(
    { length: 2_000 },
    (_, n) => `{"@timestamp":${String(1_000 + n)},"event":{"category":"file"},"n":${String(n)}}\n`,
  );

  it('reads what was there when a file that is read grows', async () => {
    const sources = [await makeSource(lines.slice(0, 1_000).join(''))];
    const path = sources[0]?.path ?? '';
    let grown = false;
    const { seen, problems } = await readSurveyed(sources, await start(sources), {
      rangeBytes: 500,
      onBatch: async () => {
        if (!grown) await appendFile(path, lines.slice(1_000).join(''));
        grown = true;
      },
    });
    expect(seen).toHaveLength(1_000);
    expect(problems).toEqual([]);
  });

  it.each(['workers', 'no worker'])(
    'says that a file became shorter, and gives what was left, with %s',
    async (kind) => {
      const sources = [await makeSource(lines.join(''))];
      const path = sources[0]?.path ?? '';
      const script = `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {});`;
      const together =
        kind === 'workers'
          ? await start(sources)
          : (workers = new LineWorkers(new URL(`data:text/javascript,${encodeURIComponent(script)}`), 1, null));
      let isCut = false;
      const { seen, problems } = await readSurveyed(sources, together, {
        rangeBytes: 5_000,
        onBatch: async () => {
          if (!isCut) await truncate(path, 70_000);
          isCut = true;
        },
      });
      const whole = lines.join('').slice(0, 70_000).split('\n').length - 1;
      expect(seen).toHaveLength(whole);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain('the file became shorter while it was read; what was left of it was read');
      expect(problems[0]).toContain(`"line":${String(whole + 1)}`);
    },
  );

  it('ends with an error when a worker does', async () => {
    const fatal = '{"@timestamp":2000,"event":{"category":"file"},"n":"stop"}\n';
    const sources = [await makeSource([...lines.slice(0, 1_000), fatal, ...lines.slice(1_001)].join(''))];
    const together = await start(sources);
    const reading = readSurveyed(sources, together, { rangeBytes: 200 });
    await expect(reading).rejects.toThrow(WorkerError);
    await expect(reading).rejects.toThrow('a worker thread ended early, so that results are missing: told to stop');
  });

  it('passes on that a worker could not start', async () => {
    const sources = [await makeSource(lines.join(''))];
    workers = new LineWorkers(new URL('data:text/javascript,throw new Error("no way")'), 1, null);
    const together = workers;
    await expect.poll(() => together.error).not.toBeNull();
    await expect(readSurveyed(sources, together)).rejects.toThrow('no way');
  });
});
