/**
 * Reads events from files, folders and standard input, as they stand or in order of time.
 *
 * ```ts
 * const { sources } = await resolveEventSources(['logs/', '-'], { cwd: process.cwd() });
 * for await (const { records } of orderedEvents(sources, { onProblem: console.warn })) {
 *   for (const { event, timestamp } of records) console.log(timestamp.ms, encodeEvent(event));
 * }
 * ```
 *
 * @packageDocumentation
 */

// Sources
export { describeReadFailure } from './sources/describe-read-failure.js';
export type { EventSource, SourceProblem } from './sources/event-source.js';
export { resolveEventSources, type ResolvedEventSources } from './sources/resolve-event-sources.js';

// Events
export type { EventBatch, EventRecord } from './event-record.js';
export { decodeEventLine, type DecodedLine } from './decode/decode-event-line.js';
export {
  createRecordDecoder,
  isUndated,
  type RecordDecoder,
  type RecordDecoderOptions,
} from './decode/record-decoder.js';
export { encodeEvent } from './decode/encode-event.js';
export { skipsLine, type EventProblem, type EventProblemKind } from './decode/event-problem.js';
export { printableText } from './decode/printable-text.js';

// Keeping events in memory
export { EventStore } from './store/event-store.js';
export { storedEvents, type StoredEventsOptions } from './store/stored-events.js';

// Mapping
export { BUILT_IN_MAPS, loadMappings, type LoadedMappings, type MappingProblem } from './mapping/load-mappings.js';

// Reading
export { EVENT_FORMATS, type EventFormat } from './formats/event-format.js';
export { readEvents, type ReadEventsOptions } from './read-events.js';
export { DEFAULT_MAX_LINE_BYTES } from './lines/read-lines.js';
export { DiskSortError } from './order/disk-sort-error.js';
export { scannedEvents, type ScannedBatch, type ScannedEventsOptions } from './scanned-events.js';
// Dividing the work
export { LineWorkers } from './parallel/line-workers.js';
export { serveLines, type EventSurveyor } from './parallel/serve-lines.js';
export type { SurveyedBatch, SurveyedEventsOptions } from './parallel/surveyed-batch.js';
export { surveyedEvents } from './parallel/surveyed-events.js';
export { WorkerError } from './parallel/worker-error.js';

export { orderedEvents, type OrderedEventsOptions } from './order/ordered-events.js';
export { DEFAULT_ORDER_LIMITS, type OrderLimits } from './order/order-limits.js';
