import type { Timestamp } from '../time/timestamp.js';
import type { JsonObject, Value } from '../values/value.js';
import { LazyEvent } from './lazy-event.js';

/** An event as the engine holds it: the document, and what orders it among others. */
export class EventRecord {
  constructor(
    private source: JsonObject | LazyEvent,
    readonly timestamp: Timestamp,
    /** Orders events of one timestamp; null sorts last. */
    readonly tiebreaker: Value,
    /** Counts the events of a run; orders what timestamp and tiebreaker leave equal. */
    readonly arrival: number,
  ) {}

  /** The document, decoded when it is first asked for. */
  get event(): JsonObject {
    if (this.source instanceof LazyEvent) this.source = this.source.decode();
    return this.source;
  }

  /** The document as far as it is decoded. */
  get content(): JsonObject | LazyEvent {
    return this.source;
  }
}
