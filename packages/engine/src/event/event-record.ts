import type { Timestamp } from '../time/timestamp.js';
import type { JsonObject, Value } from '../values/value.js';

/** An event as the engine holds it: the document, and what orders it among others. */
export interface EventRecord {
  readonly event: JsonObject;
  readonly timestamp: Timestamp;
  /** Orders events of one timestamp; null sorts last. */
  readonly tiebreaker: Value;
  /** Counts the events of a run; orders what timestamp and tiebreaker leave equal. */
  readonly arrival: number;
}
