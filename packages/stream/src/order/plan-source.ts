import { compareTimestamps, type Timestamp } from '@eqlkit/engine';
import { createRecordDecoder } from '../decode/record-decoder.js';
import { readLines } from '../lines/read-lines.js';
import type { EventSource } from '../sources/event-source.js';
import type { OrderContext } from './keyed-record.js';
import type { SourceLimits } from './order-limits.js';
import { ReorderBuffer } from './reorder-buffer.js';
import { createTimestampScanner } from './timestamp-scanner.js';

/** Earliest and latest timestamp of a source. */
interface TimestampRange {
  readonly first: Timestamp;
  readonly last: Timestamp;
}

/** A source and its index among all sources. */
export interface NumberedSource {
  readonly source: EventSource;
  readonly sourceIndex: number;
}

/** How a source is brought into order. */
export interface SourcePlan extends NumberedSource {
  /** The limits of a reorder buffer that suffices; `null` if the source has to be sorted. */
  readonly limits: SourceLimits | null;
  /** Known for a file that is nearly in order and has events. */
  readonly range: TimestampRange | null;
}

/**
 * Looks whether a reorder buffer within the limits would put a file into order, by running its timestamps, taken from
 * the raw lines, through such buffers; the look ends with the first event that would come too late for any. What can be
 * read only once, such as standard input, gets a full buffer unseen. Reports no problems: that is left to the reading.
 */
export async function planSource(
  numbered: NumberedSource,
  { little, full }: { readonly little: SourceLimits; readonly full: SourceLimits },
  context: OrderContext,
): Promise<SourcePlan> {
  const { source } = numbered;
  if (source.sizeBytes === undefined) return { ...numbered, limits: full, range: null };

  const trials = [little, full].map((limits) => new OrderTrial(limits, context.tiebreakerField !== undefined));
  let range: TimestampRange | null = null;
  // What a mapping makes of an event is not in its bytes.
  const isMapped = context.map !== undefined;
  const scan = isMapped ? () => null : createTimestampScanner(context.timestampField ?? '@timestamp');
  const decode = createRecordDecoder(source.name, { ...context, onProblem: () => undefined });
  const lines = readLines(source, {
    ...context,
    chunkBytes: full.chunkBytes,
    onLine: (buffer, start, end, line) => {
      const timestamp = scan(buffer, start, end) ?? decode(buffer, start, end, line)?.timestamp;
      if (timestamp === undefined) return;
      range = widen(range, timestamp);
      for (const trial of trials) trial.add(timestamp, end - start);
    },
    onProblem: () => undefined,
  });
  const findSufficient = (): OrderTrial | undefined => trials.find(({ hasFailed }) => !hasFailed);
  while (findSufficient() !== undefined && (await lines.next()).done !== true);
  await lines.return(undefined);
  const limits = findSufficient()?.limits ?? null;
  return { ...numbered, limits, range: limits && range };
}

interface TrialItem {
  readonly timestamp: Timestamp;
  readonly sizeBytes: number;
}

/** Runs timestamps through a reorder buffer to see whether they come out in order. */
class OrderTrial {
  hasFailed = false;
  readonly limits: SourceLimits;
  readonly #buffer: ReorderBuffer<TrialItem>;
  readonly #hasTiebreaker: boolean;
  #delivered: Timestamp | undefined;

  constructor(limits: SourceLimits, hasTiebreaker: boolean) {
    this.limits = limits;
    this.#buffer = new ReorderBuffer((a, b) => compareTimestamps(a.timestamp, b.timestamp), limits);
    this.#hasTiebreaker = hasTiebreaker;
  }

  add(timestamp: Timestamp, sizeBytes: number): void {
    if (this.#isLate(timestamp)) this.hasFailed = true;
    if (this.hasFailed) return;
    this.#buffer.add({ timestamp, sizeBytes });
    for (let item = this.#buffer.takeExcess(); item !== undefined; item = this.#buffer.takeExcess()) {
      this.#delivered = item.timestamp;
    }
  }

  #isLate(timestamp: Timestamp): boolean {
    if (this.#delivered === undefined) return false;
    const distance = compareTimestamps(timestamp, this.#delivered);
    // A tiebreaker, which is not looked at here, might put it before an equal one that is gone.
    return distance < 0 || (distance === 0 && this.#hasTiebreaker);
  }
}

function widen(range: TimestampRange | null, timestamp: Timestamp): TimestampRange {
  if (range === null) return { first: timestamp, last: timestamp };
  return {
    first: compareTimestamps(timestamp, range.first) < 0 ? timestamp : range.first,
    last: compareTimestamps(timestamp, range.last) > 0 ? timestamp : range.last,
  };
}
