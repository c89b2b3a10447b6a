import type { EventRecord } from './event/event-record.js';
import type { Timestamp } from './time/timestamp.js';
import type { JsonObject, Value } from './values/value.js';

/** One position of the join key of a match. */
export interface MatchKey {
  /** The field, in the first stage's words. */
  readonly field: string;
  /** The field of each stage in turn, which may differ by name. */
  readonly fields: readonly string[];
  readonly value: Value;
  /** Whether the value is a date in canonical form. */
  readonly date: boolean;
}

/** One stage of a match. */
export interface MatchStage {
  /** Zero-based position of the bracketed query; stages with runs keep theirs for each run. */
  readonly stage: number;
  /** A `![…]`: there is no event. */
  readonly missing: boolean;
  readonly record: EventRecord | null;
}

/** The outcome of a query: an event, the events of a sequence, join or sample, or a row that a pipe made. */
export interface Match {
  readonly kind: 'event' | 'sequence' | 'sample' | 'join' | 'row';
  readonly keys: readonly MatchKey[];
  readonly stages: readonly MatchStage[];
  /** When the last event happened. */
  readonly timestamp: Timestamp;
  /** What `count` and `unique_count` of the endgame dialect add. */
  readonly row: JsonObject | null;
}

/** The events of a match, without missing ones. */
export function eventsOf(match: Match): readonly EventRecord[] {
  return match.stages.flatMap((stage) => (stage.record === null ? [] : [stage.record]));
}
