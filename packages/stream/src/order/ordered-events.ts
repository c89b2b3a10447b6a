import type { EventMapping } from '@eqlkit/engine';
import { createRecordDecoder } from '../decode/record-decoder.js';
import type { EventBatch, EventRecord } from '../event-record.js';
import type { EventSource } from '../sources/event-source.js';
import type { KeyedLine } from './keyed-line.js';
import { compareOrder } from './order-key.js';
import { orderLines, type OrderedLinesOptions } from './ordered-lines.js';

/** How events are read and ordered. */
export interface OrderedEventsOptions extends OrderedLinesOptions {
  /** Changes each event when it is delivered, in order: it may remember what it saw. Time and place stay as they are. */
  readonly enrich?: EventMapping;
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
  const { batches, onProblem, onEvent, finish } = orderLines(sources, options);
  const decoders = sources.map(({ name }) => createRecordDecoder(name, { ...options, onProblem }));
  let latest: KeyedLine | undefined;
  for await (const { lines, bytesRead } of batches) {
    const records: EventRecord[] = [];
    for (const keyed of lines) {
      const record = decoders[keyed.sourceIndex]?.(keyed.bytes, keyed.start, keyed.end, keyed.line);
      if (!record) continue;
      records.push(options.enrich === undefined ? record : { ...record, event: options.enrich(record.event) });
      onEvent(record.source);
      if (latest !== undefined && compareOrder(keyed, latest) < 0) options.onLate?.(record);
      else latest = keyed;
    }
    yield { records, bytesRead };
  }
  finish();
}
