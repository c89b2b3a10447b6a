import { setImmediate } from 'node:timers/promises';
import type { EventProblem } from '../decode/event-problem.js';
import { DEFAULT_MAX_LINE_BYTES } from '../lines/read-lines.js';
import { KeyedLine } from '../order/keyed-line.js';
import { LineReader } from '../scan/line-reader.js';
import type { EventSource } from '../sources/event-source.js';
import { UnreadableSources } from '../unreadable-sources.js';
import { DeferredEvent } from './deferred-event.js';
import { listNumbers, NO_EVENT, type LineSurvey } from './line-survey.js';
import { RangeReader, type FileRange, type RangeReaderOptions } from './range-reader.js';
import type { SurveyedBatch, SurveyedEventsOptions, SurveyVisitor } from './surveyed-batch.js';

/** Ranges that are under way, for each worker that is ready, so that none waits for the next one. */
const RANGES_PER_WORKER = 4;

const DEFAULT_RANGE_BYTES = 1024 * 1024;

/** A range that a worker looks at. */
interface PendingRange<Findings> {
  readonly range: FileRange;
  readonly survey: Promise<LineSurvey<Findings>>;
}

/**
 * Surveyed events of ranges that give them in order. Workers read the ranges; here only those lines are looked at, in memory that
 * comes with the answer, that events with numbers stand in. As long as no worker is ready, ranges are read here.
 */
export async function* rangedEvents<Findings>(
  sources: readonly EventSource[],
  ranges: readonly FileRange[],
  options: SurveyedEventsOptions<Findings>,
): AsyncGenerator<SurveyedBatch> {
  const { workers } = options;
  const { maxLineBytes = DEFAULT_MAX_LINE_BYTES, rangeBytes = DEFAULT_RANGE_BYTES, looksAtAll, signal } = options;
  const { timestampField, categoryField } = options;
  const reading: RangeReaderOptions = {
    maxLineBytes,
    rangeBytes,
    ...(timestampField !== undefined && { timestampField }),
    ...(categoryField !== undefined && { categoryField }),
  };
  const unreadable = new UnreadableSources();
  const onProblem = (problem: EventProblem): void => {
    unreadable.addProblem(problem);
    options.onProblem(problem);
  };
  const nameOf = ({ sourceIndex }: FileRange): string => sources[sourceIndex]?.name ?? '';
  const rangeReader = new RangeReader(sources, reading);
  const lineReader = new LineReader(sources, { ...options, onProblem });
  // Problems with lines that workers have looked at come from them.
  const quietReader = new LineReader(sources, { ...options, onProblem: () => undefined });
  const deferred = new DeferredEvent(quietReader, options.fieldPaths);

  /** Reads a range here. Gives whether it could be read to its end. */
  const visitHere = (range: FileRange, visitor: SurveyVisitor): boolean => {
    const { lines, problems, isWhole } = rangeReader.read(range);
    problems.forEach(onProblem);
    lines.forEach((line, index) => {
      const event = lineReader.read(line);
      if (event === null) return;
      unreadable.addEvent(nameOf(range));
      visitor(event, line.timestamp, range.ordinal + index, null);
    });
    return isWhole;
  };

  /** Goes through what a worker has found in a range. */
  const visitSurveyed = (range: FileRange, survey: LineSurvey<Findings>, visitor: SurveyVisitor): boolean => {
    const { numbers, problems, findings, content } = survey;
    if (content === null) throw new Error('a worker has not said what a range holds');
    options.onFindings(findings);
    problems.forEach(onProblem);
    const { ms, ns, text, ends } = content;
    const bytes = Buffer.from(text.buffer, text.byteOffset, text.byteLength);
    let at = 0;
    let start = 0;
    for (let index = 0; index < ms.length; index += 1) {
      const count = numbers[at] ?? NO_EVENT;
      const end = ends[index] ?? start;
      at += 1;
      if (count !== NO_EVENT) {
        const timestamp = { ms: ms[index] ?? 0, ns: ns === null ? 0 : (ns[index] ?? 0) };
        unreadable.addEvent(nameOf(range));
        if (end === start) deferred.unload();
        else deferred.load(new KeyedLine(timestamp, null, range.sourceIndex, 0, bytes, start, end));
        visitor(deferred, timestamp, range.ordinal + index, listNumbers(numbers, at, count));
        at += count;
      }
      start = end;
    }
    return content.isWhole;
  };

  const pending: PendingRange<Findings>[] = [];
  let next = 0;
  const send = (): void => {
    for (; next < ranges.length && pending.length < workers.ready * RANGES_PER_WORKER; next += 1) {
      const range = ranges[next];
      if (range === undefined) return;
      pending.push({ range, survey: workers.survey({ kind: 'range', range, reading, keepsAll: looksAtAll }) });
    }
  };

  let isWhole = true as boolean;
  while (isWhole && signal?.aborted !== true) {
    send();
    const oldest = pending.shift();
    if (oldest !== undefined) {
      const survey = await oldest.survey;
      // So that the worker does not have to wait until this one is through.
      send();
      yield {
        bytesRead: oldest.range.bytes,
        visit: (visitor) => {
          isWhole = visitSurveyed(oldest.range, survey, visitor);
        },
      };
      continue;
    }
    const range = ranges[next];
    if (range === undefined) break;
    if (workers.error !== null) throw workers.error;
    next += 1;
    yield {
      bytesRead: range.bytes,
      visit: (visitor) => {
        isWhole = visitHere(range, visitor);
      },
    };
    // Lets workers say that they are ready.
    await setImmediate();
  }
  for (const problem of unreadable.problems()) options.onProblem(problem);
}
