import { skipsLine } from '../decode/event-problem.js';
import { readLines } from '../lines/read-lines.js';
import { ExternalSort, type ExternalSortLimits } from './external-sort.js';
import { createKeyedDecoder, type KeyedRecord, type OrderContext } from './keyed-record.js';
import type { OrderKey } from './order-key.js';
import type { NumberedSource } from './plan-source.js';
import type { RunEntry } from './run-file.js';
import { TemporaryFolder } from './temporary-folder.js';
import { createTimestampScanner } from './timestamp-scanner.js';

/**
 * Sorts the events of sources that are in no order, on disk if they are large. Each source is read once, its lines are
 * decoded when they come out. The temporary folder is gone when the generator has ended in whatever way.
 */
export async function* sortSources(
  sources: readonly NumberedSource[],
  limits: ExternalSortLimits,
  context: OrderContext,
): AsyncGenerator<KeyedRecord[]> {
  const folder = new TemporaryFolder();
  try {
    const sort = new ExternalSort(folder, limits);
    for (const numbered of sources) await collectLines(numbered, sort, context);
    yield* decodeEntries(sort.sorted(), sources, context);
  } finally {
    await folder.remove();
  }
}

async function collectLines(numbered: NumberedSource, sort: ExternalSort, context: OrderContext): Promise<void> {
  const { source } = numbered;
  const keyOf = createKeyReader(numbered, context);
  const lines = readLines(source, {
    ...context,
    onLine: (buffer, start, end, line) => {
      const key = keyOf(buffer, start, end, line);
      if (key !== null) sort.add({ ...key, text: buffer.subarray(start, end) });
    },
    onProblem: (kind, line, detail) => {
      context.onProblem({ kind, source: source.name, line, detail });
    },
  });
  for await (const bytesRead of lines) {
    context.onRead(bytesRead);
    await sort.relieve();
  }
}

type KeyReader = (buffer: Buffer, start: number, end: number, line: number) => OrderKey | null;

/**
 * Reads the place of a line in the order, from its raw bytes where they tell. Lines that have to be decoded for it and
 * are no events are reported and dropped here; all other problems are found when the lines come out of the sort.
 */
function createKeyReader({ source, sourceIndex }: NumberedSource, context: OrderContext): KeyReader {
  const needsDecoding = context.tiebreakerField !== undefined || context.map !== undefined;
  const scan = needsDecoding ? () => null : createTimestampScanner(context.timestampField ?? '@timestamp');
  const decode = createKeyedDecoder(source.name, sourceIndex, {
    ...context,
    onProblem: (problem) => {
      if (skipsLine(problem.kind)) context.onProblem(problem);
    },
  });
  return (buffer, start, end, line) => {
    const timestamp = scan(buffer, start, end);
    if (timestamp !== null) return { timestamp, tiebreaker: null, sourceIndex, line };
    const decoded = decode(buffer, start, end, line);
    return decoded && { timestamp: decoded.timestamp, tiebreaker: decoded.tiebreaker, sourceIndex, line };
  };
}

async function* decodeEntries(
  batches: AsyncIterable<readonly RunEntry[]>,
  sources: readonly NumberedSource[],
  context: OrderContext,
): AsyncGenerator<KeyedRecord[]> {
  const decoders = new Map(
    sources.map(({ source, sourceIndex }) => [sourceIndex, createKeyedDecoder(source.name, sourceIndex, context)]),
  );
  for await (const batch of batches) {
    const records: KeyedRecord[] = [];
    for (const { sourceIndex, line, text } of batch) {
      const record = decoders.get(sourceIndex)?.(text, 0, text.length, line);
      if (record) records.push(record);
    }
    yield records;
  }
}
