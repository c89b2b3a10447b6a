import { orderedEvents, type OrderedEventsOptions } from '../src/order/ordered-events.js';
import { readEvents, type ReadEventsOptions } from '../src/read-events.js';
import type { EventProblem } from '../src/decode/event-problem.js';
import type { EventBatch, EventRecord } from '../src/event-record.js';
import type { EventSource } from '../src/sources/event-source.js';

/** All that reading came to. */
export interface Collected {
  readonly records: EventRecord[];
  readonly problems: EventProblem[];
  readonly late: EventRecord[];
  readonly bytesRead: number;
  readonly batchCount: number;
}

type Options<T> = Partial<Omit<T, 'onProblem'>>;

/** Reads a source to its end. */
export async function collectRead(source: EventSource, options: Options<ReadEventsOptions> = {}): Promise<Collected> {
  const problems: EventProblem[] = [];
  const batches = readEvents(source, { ...options, onProblem: (problem) => problems.push(problem) });
  return { ...(await collect(batches)), problems, late: [] };
}

/** Reads sources in order to their end. */
export async function collectOrdered(
  sources: readonly EventSource[],
  options: Options<OrderedEventsOptions> = {},
): Promise<Collected> {
  const problems: EventProblem[] = [];
  const late: EventRecord[] = [];
  const batches = orderedEvents(sources, {
    ...options,
    onProblem: (problem) => problems.push(problem),
    onLate: (record) => late.push(record),
  });
  return { ...(await collect(batches)), problems, late };
}

async function collect(batches: AsyncIterable<EventBatch>) {
  const records: EventRecord[] = [];
  let bytesRead = 0;
  let batchCount = 0;
  for await (const batch of batches) {
    for (const record of batch.records) records.push(record);
    bytesRead += batch.bytesRead;
    batchCount++;
  }
  return { records, bytesRead, batchCount };
}
