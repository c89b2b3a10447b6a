import { compareTimestamps, type Timestamp } from '@eqlkit/engine';
import { readLines } from '../lines/read-lines.js';
import { createKeyReader } from './key-reader.js';
import type { NumberedSource } from './numbered-source.js';
import type { OrderContext } from './order-context.js';
import type { SourceLimits } from './order-limits.js';
import { OrderTrial } from './order-trial.js';

/** Earliest and latest timestamp of a source. */
interface TimestampRange {
  readonly first: Timestamp;
  readonly last: Timestamp;
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

  // Tiebreakers are not looked at here: events of one timestamp count as out of order if there may be any.
  const trial = new OrderTrial([little, full], context.tiebreakerField !== undefined);
  let range: TimestampRange | null = null;
  const readKey = createKeyReader(numbered, undefined, { ...context, onProblem: () => undefined });
  const lines = readLines(source, {
    ...context,
    chunkBytes: full.chunkBytes,
    onLine: (buffer, start, end, line) => {
      const timestamp = readKey(buffer, start, end, line)?.timestamp;
      if (timestamp === undefined) return;
      range = widen(range, timestamp);
      trial.add(timestamp, end - start);
    },
    onProblem: () => undefined,
  });
  while (trial.sufficient !== null && (await lines.next()).done !== true);
  await lines.return(undefined);
  const limits = trial.sufficient;
  return { ...numbered, limits, range: limits && range };
}

function widen(range: TimestampRange | null, timestamp: Timestamp): TimestampRange {
  if (range === null) return { first: timestamp, last: timestamp };
  const { first, last } = range;
  if (compareTimestamps(timestamp, first) < 0) return { first: timestamp, last };
  return compareTimestamps(timestamp, last) > 0 ? { first, last: timestamp } : range;
}
