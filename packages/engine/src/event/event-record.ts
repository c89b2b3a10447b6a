import { joinMs, lowerMs, upperMs } from '../time/split-ms.js';
import type { Timestamp } from '../time/timestamp.js';
import type { JsonObject, Value } from '../values/value.js';
import { LazyEvent } from './lazy-event.js';

/** An event as the engine holds it: the document, and what orders it among others. */
export class EventRecord {
  // The time lies in the record itself: of what waits in sequences there may be millions, each of which would be three objects.
  private readonly upperMs: number;
  private readonly lowerMs: number;
  private readonly ns: number;

  constructor(
    private source: JsonObject | LazyEvent,
    { ms, ns }: Timestamp,
    /** Orders events of one timestamp; null sorts last. */
    readonly tiebreaker: Value,
    /** Counts the events of a run; orders what timestamp and tiebreaker leave equal. */
    readonly arrival: number,
  ) {
    this.upperMs = upperMs(ms);
    this.lowerMs = lowerMs(ms, this.upperMs);
    this.ns = ns;
  }

  /** When the event happened. */
  get timestamp(): Timestamp {
    return { ms: joinMs(this.upperMs, this.lowerMs), ns: this.ns };
  }

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
