import type { LazyEvent, Timestamp } from '@eqlkit/engine';
import type { KeyedLine } from '../order/keyed-line.js';
import { orderLines } from '../order/ordered-lines.js';
import { LineReader } from '../scan/line-reader.js';
import type { ScannedEventsOptions } from '../scanned-events.js';
import type { EventSource } from '../sources/event-source.js';
import { DeferredEvent } from './deferred-event.js';
import { LinePacker } from './line-pack.js';
import { NO_EVENT, type LineSurvey } from './line-survey.js';
import type { LineWorkers } from './line-workers.js';

/** Most bytes of one pack, unless a single line has more. */
const PACK_BYTES = 1024 * 1024;

/** Packs that are under way, for each worker, so that none waits for the next one. */
const PACKS_PER_WORKER = 3;

/** Most bytes of what is under way for each worker, but for one pack. */
const BYTES_PER_WORKER = 8 * 1024 * 1024;

/** How events are read. What remembers earlier events cannot be divided, so there is no enrichment. */
export interface SurveyedEventsOptions<Findings> extends Omit<ScannedEventsOptions, 'enrich'> {
  readonly workers: LineWorkers<Findings>;
  /** Takes what workers have found beside the numbers of events, in the order of the events. */
  onFindings(findings: Findings): void;
}

/** Events that come together. */
export interface SurveyedBatch {
  /** As in `ScannedBatch`. */
  readonly bytesRead: number;
  /** As in `ScannedBatch`; the visitor also gets the numbers that a worker has found for the event. */
  visit(visitor: SurveyVisitor): void;
}

type SurveyVisitor = (event: LazyEvent, timestamp: Timestamp, numbers: readonly number[]) => void;

/** A pack that a worker looks at. */
interface Pack<Findings> {
  readonly lines: readonly KeyedLine[];
  readonly memory: SharedArrayBuffer;
  readonly bytes: number;
  readonly bytesRead: number;
  readonly survey: Promise<LineSurvey<Findings>>;
  /** What is to be reported behind its lines. */
  readonly reports: (() => void)[];
}

const NO_NUMBERS: readonly number[] = [];

/**
 * Like `scannedEvents`, with the same events and problems in the same order, but that workers look at the events first.
 * Lines are read and put into order here; a worker finds their events and what is wrong with them, and numbers for each
 * event; here an event is only looked at if the visitor asks for something in it. Memory stays bounded: reading waits while
 * enough is under way.
 */
export async function* surveyedEvents<Findings>(
  sources: readonly EventSource[],
  options: SurveyedEventsOptions<Findings>,
): AsyncGenerator<SurveyedBatch> {
  const { workers } = options;
  const packer = new LinePacker();
  const reader = new LineReader(sources, { ...options, onProblem: () => undefined });
  const event = new DeferredEvent(reader, options.fieldPaths);
  const packs: Pack<Findings>[] = [];
  const { batches, onProblem, onEvent, finish } = orderLines(sources, options, (report) => {
    const latest = packs.at(-1);
    if (latest === undefined) report();
    else latest.reports.push(report);
  });

  const visit = (lines: readonly KeyedLine[], survey: LineSurvey<Findings>, visitor: SurveyVisitor): void => {
    const { numbers, problems, findings } = survey;
    options.onFindings(findings);
    for (const problem of problems) onProblem(problem);
    let at = 0;
    for (const line of lines) {
      const count = numbers[at] ?? NO_EVENT;
      at += 1;
      if (count === NO_EVENT) continue;
      onEvent(sources[line.sourceIndex]?.name ?? '');
      event.load(line);
      visitor(event, line.timestamp, count === 0 ? NO_NUMBERS : listOf(numbers, at, count));
      at += count;
    }
  };

  let ordinal = 0;
  const send = (lines: readonly KeyedLine[], bytes: number, bytesRead: number): void => {
    const memory = packer.pack(lines);
    const survey = workers.survey({ pack: memory, ordinal });
    ordinal += lines.length;
    packs.push({ lines, memory, bytes, bytesRead, survey, reports: [] });
  };

  const hasRoom = (): boolean => {
    const bytes = packs.reduce((sum, pack) => sum + pack.bytes, 0);
    return packs.length < workers.count * PACKS_PER_WORKER && bytes < workers.count * BYTES_PER_WORKER;
  };

  let reading: ReturnType<typeof batches.next> | null = null;
  let ended = false;
  try {
    for (;;) {
      if (!ended && reading === null && hasRoom()) {
        reading = batches.next();
        // Whoever waits for a survey meanwhile hears of a failure later.
        reading.catch(() => undefined);
      }
      const [oldest] = packs;
      if (reading === null && oldest === undefined) break;
      const first = await Promise.race([
        ...(reading === null ? [] : [reading.then((result) => ({ result }))]),
        ...(oldest === undefined ? [] : [oldest.survey.then((survey) => ({ survey, oldest }))]),
      ]);
      if ('result' in first) {
        reading = null;
        const { result } = first;
        if (result.done === true) ended = true;
        else
          for (const piece of divide(result.value.lines))
            send(piece.lines, piece.bytes, piece.isLast ? result.value.bytesRead : 0);
        continue;
      }
      const { survey } = first;
      const { lines, memory, bytesRead, reports } = first.oldest;
      yield {
        bytesRead,
        visit: (visitor) => {
          visit(lines, survey, visitor);
        },
      };
      for (const report of reports) report();
      packs.shift();
      packer.recycle(memory);
    }
    finish();
  } finally {
    const closed = batches.return(undefined);
    // What waits for a pipe may do so for ever.
    if (reading === null) await closed;
    else closed.catch(() => undefined);
  }
}

function listOf(numbers: Int32Array, start: number, count: number): readonly number[] {
  const list: number[] = [];
  for (let at = start; at < start + count; at += 1) list.push(numbers[at] ?? 0);
  return list;
}

interface Piece {
  readonly lines: readonly KeyedLine[];
  readonly bytes: number;
  readonly isLast: boolean;
}

/** Divides lines into pieces of about the same number of bytes; at least one, which may be empty. */
function divide(lines: readonly KeyedLine[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let start = 0;
  let bytes = 0;
  lines.forEach(({ sizeBytes }, index) => {
    if (bytes > 0 && bytes + sizeBytes > PACK_BYTES) {
      pieces.push({ lines: lines.slice(start, index), bytes, isLast: false });
      start = index;
      bytes = 0;
    }
    bytes += sizeBytes;
  });
  return [...pieces, { lines: lines.slice(start), bytes, isLast: true }];
}
