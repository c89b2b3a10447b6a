import { compareTimestamps, type Timestamp } from '@eqlkit/engine';
import { readLines } from '../lines/read-lines.js';
import { fileVersion } from '../sources/file-version.js';
import { createKeyReader } from './key-reader.js';
import { KnownTimestamps } from './known-timestamps.js';
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
  /** What the look has found. */
  readonly look: SourceLook | null;
}

/** What is known of the lines of a source as long as it is not changed. */
interface SourceLook {
  readonly version: string;
  readonly timestamps: KnownTimestamps;
}

/** Most lines of all sources together whose timestamps are kept: 32 MiB. */
const MAX_KNOWN_LINES = 2 ** 21;

/** What one of several sources may use. */
interface OrderShares {
  readonly little: SourceLimits;
  readonly full: SourceLimits;
  readonly sourceCount: number;
}

/**
 * Looks whether a reorder buffer within the limits would put a file into order, by running its timestamps, taken from
 * the raw lines, through such buffers; the look ends with the first event that would come too late for any. What can be
 * read only once, such as standard input, gets a full buffer unseen. Reports no problems: that is left to the reading.
 */
export async function planSource(
  numbered: NumberedSource,
  { little, full, sourceCount }: OrderShares,
  context: OrderContext,
): Promise<SourcePlan> {
  const { source } = numbered;
  if (source.sizeBytes === undefined) return { ...numbered, limits: full, range: null, look: null };

  // Tiebreakers are not looked at here: events of one timestamp count as out of order if there may be any.
  const trial = new OrderTrial([little, full], context.tiebreakerField !== undefined);
  let range: TimestampRange | null = null;
  const version = await fileVersion(source.path);
  const timestamps = new KnownTimestamps(Math.floor(MAX_KNOWN_LINES / sourceCount));
  const readKey = createKeyReader(numbered, undefined, { ...context, onProblem: () => undefined });
  const lines = readLines(source, {
    ...context,
    chunkBytes: full.chunkBytes,
    onLine: (buffer, start, end, line) => {
      const timestamp = readKey(buffer, start, end, line)?.timestamp;
      if (timestamp === undefined) return;
      range = widen(range, timestamp);
      trial.add(timestamp, end - start);
      timestamps.add(line, timestamp, end - start);
    },
    onProblem: () => undefined,
  });
  while (trial.sufficient !== null && (await lines.next()).done !== true);
  await lines.return(undefined);
  const limits = trial.sufficient;
  // A mapping may tell events by those before them, so it has to see each as often as without a look.
  const isKept = limits !== null && version !== null && context.map === undefined;
  return { ...numbered, limits, range: limits && range, look: isKept ? { version, timestamps } : null };
}

function widen(range: TimestampRange | null, timestamp: Timestamp): TimestampRange {
  if (range === null) return { first: timestamp, last: timestamp };
  const { first, last } = range;
  if (compareTimestamps(timestamp, first) < 0) return { first: timestamp, last };
  return compareTimestamps(timestamp, last) > 0 ? { first, last: timestamp } : range;
}
