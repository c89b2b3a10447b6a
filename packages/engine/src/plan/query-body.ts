import type { EventDecoder, EventEncoder } from '../event/event-codec.js';
import type { EventView } from '../event/event-view.js';
import type { Match } from '../match.js';
import type { Timestamp } from '../time/timestamp.js';
import type { JsonValue } from '../values/value.js';

/** The running part of a query before its pipes: it takes events in order and gives matches. */
export interface QueryBody {
  /** Whether the passing of time alone can give a match. */
  readonly needsClock: boolean;
  /** Whether an event that comes behind a later one must be kept from it: what was decided cannot be taken back. */
  readonly needsOrder: boolean;
  /** Looks at the view's event, for which at least one stage holds unless every event is looked at. */
  process(view: EventView): readonly Match[];
  /** Frees some of what is too old to matter at a time, so many things at most. */
  expire?(now: Timestamp, most: number): void;
  /** No event before `now` will come any more. */
  advanceTo(now: Timestamp): readonly Match[];
  /** No event will come any more. */
  finish(): readonly Match[];
  snapshot(encoder: EventEncoder): JsonValue;
  restore(state: JsonValue, decoder: EventDecoder): void;
}
