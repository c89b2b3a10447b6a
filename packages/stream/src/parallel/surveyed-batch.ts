import type { JsonObject, LazyEvent, Timestamp } from '@eqlkit/engine';
import type { ScannedEventsOptions } from '../scanned-events.js';
import type { LineWorkers } from './line-workers.js';

/** How events are read. What remembers earlier events cannot be divided, so there is no enrichment. */
export interface SurveyedEventsOptions<Findings> extends Omit<ScannedEventsOptions, 'enrich'> {
  readonly workers: LineWorkers<Findings>;
  /** The visitor also looks into events of which nothing was found. */
  readonly looksAtAll: boolean;
  /** Bytes of the ranges of a file that workers read by themselves, 1 MiB if absent: those of lines that end within so many. */
  readonly rangeBytes?: number;
  /** Takes what workers have found beside the numbers of events, in the order of the events. */
  onFindings(findings: Findings): void;
}

/** Events that come together. */
export interface SurveyedBatch {
  /** As in `ScannedBatch`. */
  readonly bytesRead: number;
  /** As in `ScannedBatch`. */
  visit(visitor: SurveyVisitor): void;
}

/**
 * `ordinal` is the place of the event's line in the order of all lines, from 0. `numbers` are those that a worker has found
 * for the event; null if no worker has looked at it.
 */
export type SurveyVisitor = (
  event: JsonObject | LazyEvent,
  timestamp: Timestamp,
  ordinal: number,
  numbers: readonly number[] | null,
) => void;
