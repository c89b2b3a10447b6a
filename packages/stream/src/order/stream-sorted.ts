import { readLines } from '../lines/read-lines.js';
import { fileVersion } from '../sources/file-version.js';
import { createKeyReader } from './key-reader.js';
import type { KeyedLine } from './keyed-line.js';
import { takeKnownLines } from './known-lines.js';
import type { OrderContext } from './order-context.js';
import { compareOrder } from './order-key.js';
import type { StreamedSource } from './source-plan.js';
import { ReorderBuffer } from './reorder-buffer.js';

const BATCH_ITEMS = 512;

/** Lines that wait keep what they were read into in memory: so many pieces at most. */
const MAX_HELD_CHUNKS = 16;

/**
 * Reads a nearly ordered source through a reorder buffer. A line that is too late for it comes out of order. With
 * `recyclesMemory` the bytes of lines may change once the next ones are asked for, as far as none has to wait.
 */
export async function* streamSorted(
  streamed: StreamedSource,
  context: OrderContext,
  recyclesMemory = false,
): AsyncGenerator<readonly KeyedLine[]> {
  const { source, sourceIndex, limits, look } = streamed;
  const buffer = new ReorderBuffer<KeyedLine>(compareOrder, limits);
  const isUnchanged = look !== null && (await fileVersion(source.path)) === look.version;
  // Timestamps alone are no keys where there is a tiebreaker.
  const known = isUnchanged && context.tiebreakerField === undefined ? look.table : null;
  const readKey = createKeyReader(streamed, context.tiebreakerField, context, known);
  let batch: KeyedLine[] = [];
  const take = (keyed: KeyedLine): void => {
    if (limits.maxBufferedEvents === 0) {
      batch.push(keyed);
      return;
    }
    buffer.add(keyed);
    for (let item = buffer.takeExcess(); item !== undefined; item = buffer.takeExcess()) batch.push(item);
  };
  const lines = readLines(source, {
    ...context,
    chunkBytes: limits.chunkBytes,
    recyclesMemory: recyclesMemory && limits.maxBufferedEvents === 0,
    onLine: (bytes, start, end, line) => {
      const keyed = readKey(bytes, start, end, line);
      if (keyed !== null) take(keyed);
    },
    takeLines: (bytes, start, line) => known && takeKnownLines(known, sourceIndex, { bytes, start, line }, take),
    onProblem: (kind, line, detail) => {
      context.onProblem({ kind, source: source.name, line, detail });
    },
  });
  let heldChunks = 0;
  for await (const bytesRead of lines) {
    context.onRead(bytesRead);
    yield batch;
    batch = [];
    heldChunks += 1;
    if (heldChunks >= MAX_HELD_CHUNKS) heldChunks = limitChunks(buffer.items());
  }
  for (let item = buffer.take(); item !== undefined; item = buffer.take()) {
    batch.push(item);
    if (batch.length < BATCH_ITEMS) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

/** Frees what lines were read into if that has become too much. Returns how many pieces are still held. */
function limitChunks(lines: readonly KeyedLine[]): number {
  const chunks = new Set(lines.map(({ bytes }) => bytes));
  if (chunks.size < MAX_HELD_CHUNKS) return chunks.size;
  for (const line of lines) line.detach();
  return 0;
}
