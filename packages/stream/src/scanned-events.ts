import { LazyEvent, type EventMapping, type FieldPath, type JsonObject, type Timestamp } from '@eqlkit/engine';
import { orderLines, type OrderedLinesOptions } from './order/ordered-lines.js';
import { LineReader } from './scan/line-reader.js';
import type { EventSource } from './sources/event-source.js';

/** How events are read and ordered, and which of their fields will be asked for. */
export interface ScannedEventsOptions extends OrderedLinesOptions {
  /** `Engine.fieldPaths`. */
  readonly fieldPaths: readonly FieldPath[];
  /** As in `orderedEvents`; events are then decoded as a whole. */
  readonly enrich?: EventMapping;
}

/** Events that come together. A batch may be empty: it then only tells how far reading has come. */
export interface ScannedBatch {
  readonly bytesRead: number;
  /**
   * Calls a visitor with each event in turn. A `LazyEvent` is valid until the visitor returns; `retain` keeps it. To be
   * called once, before the next batch is taken.
   */
  visit(visitor: EventVisitor): void;
}

/**
 * `ordinal` is the place of the event's line in the order of all lines, from 0; `source` and `line` say where it was read, as
 * in `EventRecord`.
 */
type EventVisitor = (
  event: JsonObject | LazyEvent,
  timestamp: Timestamp,
  ordinal: number,
  source: string,
  line: number,
) => void;

/**
 * Like `orderedEvents`, except that events are not decoded: their fields are found in the bytes when they are asked for.
 * Lines that are out of the ordinary are decoded all the same.
 */
export async function* scannedEvents(
  sources: readonly EventSource[],
  options: ScannedEventsOptions,
): AsyncGenerator<ScannedBatch> {
  const { batches, onProblem, onEvent, finish } = orderLines(sources, {
    ...options,
    recyclesMemory: true,
  });
  const { enrich } = options;
  const reader = new LineReader(sources, { ...options, onProblem });
  let linesBefore = 0;
  for await (const { lines, bytesRead } of batches) {
    const first = linesBefore;
    linesBefore += lines.length;
    yield {
      bytesRead,
      visit: (visitor) => {
        reader.inBatch(() => {
          lines.forEach((line, index) => {
            const event = reader.read(line);
            if (event === null) return;
            const source = sources[line.sourceIndex]?.name ?? '';
            onEvent(source);
            const enriched = enrich === undefined ? event : enrich(decodeWhole(event));
            visitor(enriched, line.timestamp, first + index, source, line.line);
          });
        });
      },
    };
  }
  finish();
}

function decodeWhole(event: JsonObject | LazyEvent): JsonObject {
  return event instanceof LazyEvent ? event.decode() : event;
}
