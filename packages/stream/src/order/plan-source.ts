import type { EventProblem } from '../decode/event-problem.js';
import { readLines } from '../lines/read-lines.js';
import { fileVersion } from '../sources/file-version.js';
import { BLOCK_BYTES, countBlockReads } from './file-blocks.js';
import { createKeyReader } from './key-reader.js';
import type { LineLooker } from './line-looker.js';
import { LineTable } from './line-table.js';
import type { NumberedSource } from './numbered-source.js';
import type { OrderContext } from './order-context.js';
import type { SourceShares } from './order-limits.js';
import { OrderTrial } from './order-trial.js';
import { RangeCutter } from './range-cutter.js';
import type { SourceLook, SourcePlan } from './source-plan.js';
import { TimestampSpan } from './timestamp-span.js';

/** Most problems of lines that are kept until a source is read by position. */
const MAX_PROBLEMS = 1_000;

/** Reading lines where they stand may read so many times the bytes of the file; sorting them on disk takes about as much. */
const MAX_REREADING = 4;

/**
 * Looks whether a reorder buffer within the limits would put a file into order, by its timestamps, taken from the raw
 * lines. Where none would, lines are read in their order if they stand in the file as they
 * are and enough can be remembered of them, and sorted otherwise; the look then ends with the first event that would come
 * too late for any buffer. What can be read only once, such as standard input, gets a full buffer unseen. Reports no
 * problems: that is left to the reading. `looker` looks at many lines at a time, if there is one.
 */
export async function planSource(
  numbered: NumberedSource,
  { little, full, maxLines, maxBlocks }: SourceShares,
  context: OrderContext,
  looker: LineLooker | null,
): Promise<SourcePlan> {
  const { source } = numbered;
  if (source.sizeBytes === undefined) return { ...numbered, way: 'stream', limits: full, range: null, look: null };

  // Tiebreakers are not looked at here: events of one timestamp count as out of order if there may be any.
  const trial = new OrderTrial([little, full], context.tiebreakerField !== undefined);
  const problems: EventProblem[] = [];
  const version = await fileVersion(source.path);
  const table = new LineTable(maxLines);
  // A mapping may tell events by those before them, so it has to see each as often as without a look.
  const isKept = version !== null && context.map === undefined;
  const span = new TimestampSpan();
  const cutter = new RangeCutter(context.rangeBytes ?? full.chunkBytes);
  let canPosition = isKept && context.tiebreakerField === undefined;
  const onProblem = (problem: EventProblem): void => {
    if (problems.length < MAX_PROBLEMS) problems.push(problem);
    else canPosition = false;
  };
  const readKey = createKeyReader(numbered, undefined, { ...context, onProblem });
  const { chunkBytes } = full;
  const lines = readLines(source, {
    ...context,
    chunkBytes,
    recyclesMemory: true,
    ...(looker !== null && { chunkRing: looker.chunkRing }),
    onLine: (buffer, start, end, line, offset) => {
      const keyed = readKey(buffer, start, end, line);
      if (keyed === null) return;
      const { ms, ns } = keyed.timestamp;
      span.add(ms, ns);
      cutter.add(line, offset, end - start);
      trial.add(ms, ns, end - start);
      table.add(line, ms, ns, offset ?? 0, end - start);
      if (offset === null) canPosition = false;
    },
    takeLines: (buffer, start, line, offset) => {
      const found = looker?.look(buffer, start, offset) ?? null;
      if (found === null) return null;
      span.addMany(found, found.count, found.orderedCount);
      cutter.addMany(line, found);
      trial.addMany(found);
      table.addMany(line, found);
      return found;
    },
    onProblem: (kind, line, detail) => {
      onProblem({ kind, source: source.name, line, detail });
    },
  });
  let fileBytes = 0;
  while (trial.sufficient !== null || (canPosition && table.isComplete)) {
    const next = await lines.next();
    if (next.done === true) break;
    fileBytes += next.value;
  }
  await lines.return(undefined);

  const { range } = span;
  const look: SourceLook | null = isKept
    ? { version, table, problems, lines: cutter.lines, ranges: cutter.finish(fileBytes) }
    : null;
  const limits = trial.sufficient;
  if (limits !== null) {
    table.forgetPositions();
    return { ...numbered, way: 'stream', limits, range, look };
  }
  if (look !== null && range !== null && canPosition && table.isComplete) {
    const order = table.inOrder();
    const reads = countBlockReads(order, table, maxBlocks);
    if (reads * BLOCK_BYTES <= MAX_REREADING * source.sizeBytes + maxBlocks * BLOCK_BYTES) {
      return { ...numbered, way: 'position', range, look, order, maxBlocks };
    }
  }
  return { ...numbered, way: 'sort' };
}
