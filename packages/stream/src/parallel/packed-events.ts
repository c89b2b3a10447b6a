import type { KeyedLine } from '../order/keyed-line.js';
import { orderLines } from '../order/ordered-lines.js';
import type { OrderPlan } from '../order/plan-sources.js';
import { LineReader } from '../scan/line-reader.js';
import type { EventSource } from '../sources/event-source.js';
import { DeferredEvent } from './deferred-event.js';
import { LinePacker } from './line-pack.js';
import { listNumbers, NO_EVENT, type LineSurvey } from './line-survey.js';
import type { SurveyedBatch, SurveyedEventsOptions, SurveyVisitor } from './surveyed-batch.js';

/** Most bytes of one pack, unless a single line has more. */
const PACK_BYTES = 1024 * 1024;

/** Packs that are under way, for each worker, so that none waits for the next one. */
const PACKS_PER_WORKER = 3;

/** Most bytes of what is under way for each worker, but for one pack. */
const BYTES_PER_WORKER = 8 * 1024 * 1024;

/** A pack that a worker looks at. */
interface Pack<Findings> {
  readonly lines: readonly KeyedLine[];
  /** How many lines came before. */
  readonly first: number;
  readonly memory: SharedArrayBuffer;
  readonly bytes: number;
  readonly bytesRead: number;
  readonly survey: Promise<LineSurvey<Findings>>;
  /** What is to be reported behind its lines. */
  readonly reports: (() => void)[];
}

/**
 * Surveyed events of sources of any kind: lines are read and put into order here, and packed for the workers. Memory stays
 * bounded: reading waits while enough is under way.
 */
export async function* packedEvents<Findings>(
  sources: readonly EventSource[],
  plan: OrderPlan,
  options: SurveyedEventsOptions<Findings>,
): AsyncGenerator<SurveyedBatch> {
  const { workers } = options;
  const packer = new LinePacker();
  const reader = new LineReader(sources, { ...options, onProblem: () => undefined });
  const event = new DeferredEvent(reader, options.fieldPaths);
  const packs: Pack<Findings>[] = [];
  const { batches, onProblem, onEvent, finish } = orderLines(sources, { ...options, plan }, (report) => {
    const latest = packs.at(-1);
    if (latest === undefined) report();
    else latest.reports.push(report);
  });

  const visit = ({ lines, first }: Pack<Findings>, survey: LineSurvey<Findings>, visitor: SurveyVisitor): void => {
    const { numbers, problems, findings } = survey;
    options.onFindings(findings);
    for (const problem of problems) onProblem(problem);
    let at = 0;
    lines.forEach((line, index) => {
      const count = numbers[at] ?? NO_EVENT;
      at += 1;
      if (count === NO_EVENT) return;
      onEvent(sources[line.sourceIndex]?.name ?? '');
      event.load(line);
      visitor(event, line.timestamp, first + index, listNumbers(numbers, at, count));
      at += count;
    });
  };

  let ordinal = 0;
  const send = (lines: readonly KeyedLine[], bytes: number, bytesRead: number): void => {
    const memory = packer.pack(lines);
    const survey = workers.survey({ kind: 'pack', pack: memory, ordinal });
    packs.push({ lines, first: ordinal, memory, bytes, bytesRead, survey, reports: [] });
    ordinal += lines.length;
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
      const { survey, oldest: pack } = first;
      const { memory, bytesRead, reports } = pack;
      yield {
        bytesRead,
        visit: (visitor) => {
          visit(pack, survey, visitor);
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
