import { readLines } from '../lines/read-lines.js';
import { createKeyedDecoder, type KeyedRecord, type OrderContext } from './keyed-record.js';
import { compareOrder } from './order-key.js';
import type { StreamedSource } from './plan-sources.js';
import { ReorderBuffer } from './reorder-buffer.js';

const BATCH_ITEMS = 512;

/** Reads a nearly ordered source through a reorder buffer. An event that is too late for it comes out of order. */
export async function* streamSorted(
  { source, sourceIndex, limits }: StreamedSource,
  context: OrderContext,
): AsyncGenerator<KeyedRecord[]> {
  const buffer = new ReorderBuffer<KeyedRecord>(compareOrder, limits);
  const decode = createKeyedDecoder(source.name, sourceIndex, context);
  let batch: KeyedRecord[] = [];
  const lines = readLines(source, {
    ...context,
    chunkBytes: limits.chunkBytes,
    onLine: (bytes, start, end, line) => {
      const record = decode(bytes, start, end, line);
      if (record === null) return;
      buffer.add(record);
      for (let item = buffer.takeExcess(); item !== undefined; item = buffer.takeExcess()) batch.push(item);
    },
    onProblem: (kind, line, detail) => {
      context.onProblem({ kind, source: source.name, line, detail });
    },
  });
  for await (const bytesRead of lines) {
    context.onRead(bytesRead);
    yield batch;
    batch = [];
  }
  for (let item = buffer.take(); item !== undefined; item = buffer.take()) {
    batch.push(item);
    if (batch.length < BATCH_ITEMS) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}
