import type { EventMapping } from '@eqlkit/engine';
import { createEventLoopPause } from '../event-loop-pause.js';
import type { EventBatch, EventRecord } from '../event-record.js';
import type { ReadEventsOptions } from '../read-events.js';
import type { EventSource } from '../sources/event-source.js';
import { mergeSorted, type MergeInput } from './merge-sorted.js';
import type { KeyedRecord, OrderContext } from './keyed-record.js';
import { compareOrder, type OrderKey } from './order-key.js';
import { DEFAULT_ORDER_LIMITS, type OrderLimits } from './order-limits.js';
import { planSources } from './plan-sources.js';
import { UnreadableSources } from '../unreadable-sources.js';
import { sortSources } from './sort-sources.js';
import { streamSorted } from './stream-sorted.js';

/** How events are read and ordered. */
export interface OrderedEventsOptions extends Omit<ReadEventsOptions, 'chunkBytes'> {
  /** Dotted path of the field that orders events of one timestamp: numbers, then strings, then events without it. */
  readonly tiebreakerField?: string;
  /** Changes each event when it is delivered, in order: it may remember what it saw. Time and place stay as they are. */
  readonly enrich?: EventMapping;
  /** Bounds of memory; what is absent has its default. */
  readonly limits?: Partial<OrderLimits>;
  /** Called for an event that comes after a later one; it is delivered all the same, where it turned up. */
  onLate?(record: EventRecord): void;
}

/**
 * Reads the events of all sources in ascending order of timestamp, tiebreaker, source and line, in memory that does not
 * grow with the input. Files that are nearly in order are streamed and merged; others are sorted in a temporary folder,
 * which is removed however the loop ends. Files are looked through beforehand, so they must not change meanwhile.
 *
 * What can be read only once, such as standard input, is put into order as far as a buffer allows; only there events can
 * be late. Problems with events go to `onProblem`, each once. Throws {@link DiskSortError} if the temporary folder cannot
 * be written, and what the callbacks throw. Between batches the event loop gets its turn, so that signals are seen.
 */
export async function* orderedEvents(
  sources: readonly EventSource[],
  options: OrderedEventsOptions,
): AsyncGenerator<EventBatch> {
  let bytesRead = 0;
  const pause = createEventLoopPause();
  const unreadable = new UnreadableSources();
  const context: OrderContext = {
    ...options,
    onProblem: (problem) => {
      unreadable.addProblem(problem);
      options.onProblem(problem);
    },
    onRead: (bytes) => {
      bytesRead += bytes;
    },
  };
  const watch = watchOrder(options);
  const enrich = enricher(options.enrich);
  for await (const items of mergeSorted(await planInputs(sources, options, context))) {
    const records = items.map(watch).map(enrich);
    for (const { source } of records) unreadable.addEvent(source);
    const batch = { records, bytesRead };
    bytesRead = 0;
    yield batch;
    await pause();
  }
  for (const problem of unreadable.problems()) options.onProblem(problem);
  if (bytesRead > 0) yield { records: [], bytesRead };
}

async function planInputs(
  sources: readonly EventSource[],
  options: OrderedEventsOptions,
  context: OrderContext,
): Promise<MergeInput<KeyedRecord>[]> {
  const limits = { ...DEFAULT_ORDER_LIMITS, ...options.limits };
  const { streamed, sorted } = await planSources(sources, limits, context);
  const inputs: MergeInput<KeyedRecord>[] = streamed.map((plan) => ({
    first: plan.range?.first ?? null,
    open: () => streamSorted(plan, context),
  }));
  if (sorted.length > 0) inputs.push({ first: null, open: () => sortSources(sorted, limits, context) });
  return inputs;
}

function enricher(change: EventMapping | undefined): (record: EventRecord) => EventRecord {
  if (change === undefined) return (record) => record;
  return (record) => ({ ...record, event: change(record.event) });
}

/** Makes the function that takes the record out of an item and reports it if it is out of order. */
function watchOrder(options: OrderedEventsOptions): (item: KeyedRecord) => EventRecord {
  let latest: OrderKey | undefined;
  return (item) => {
    if (latest !== undefined && compareOrder(item, latest) < 0) options.onLate?.(item.record);
    else latest = item;
    return item.record;
  };
}
