import { LazyEvent, type EventMapping } from '@eqlkit/engine';
import { encodeEvent } from '../decode/encode-event.js';
import { orderLines, type OrderedLinesOptions } from '../order/ordered-lines.js';
import { LineReader } from '../scan/line-reader.js';
import type { EventSource } from '../sources/event-source.js';
import type { EventStore } from './event-store.js';

/** How events are read and ordered before they are stored. */
export interface StoredEventsOptions extends OrderedLinesOptions {
  /** As in `orderedEvents`. */
  readonly enrich?: EventMapping;
}

/**
 * Reads the events of sources into a store, with the problems and the order of `orderedEvents`. Their lines are checked
 * and kept as they are; only what a mapping changes is decoded and encoded again. After each batch it gives the bytes
 * that were read, as `EventBatch` has them.
 */
export async function* storedEvents(
  sources: readonly EventSource[],
  store: EventStore,
  options: StoredEventsOptions,
): AsyncGenerator<number> {
  const { batches, onProblem, onEvent, finish } = orderLines(sources, options);
  const { map, enrich } = options;
  const isChanged = map !== undefined || enrich !== undefined;
  const reader = new LineReader(sources, { ...options, onProblem, fieldPaths: [] });
  for await (const { lines, bytesRead } of batches) {
    for (const keyed of lines) {
      const event = reader.read(keyed);
      if (event === null) continue;
      const { timestamp, line } = keyed;
      const source = sources[keyed.sourceIndex]?.name ?? '';
      onEvent(source);
      if (isChanged) {
        const decoded = event instanceof LazyEvent ? event.decode() : event;
        const bytes = Buffer.from(encodeEvent(enrich === undefined ? decoded : enrich(decoded)));
        store.add({ bytes, start: 0, end: bytes.length, timestamp, source, line });
      } else {
        store.add({ bytes: keyed.bytes, start: keyed.start, end: keyed.end, timestamp, source, line });
      }
    }
    yield bytesRead;
  }
  finish();
}
