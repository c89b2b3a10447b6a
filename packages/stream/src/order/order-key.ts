import { compareCodePoints, compareTimestamps, type JsonValue, type Timestamp } from '@eqlkit/engine';

/** A value that orders events of one timestamp; `null` where the event has none that can be compared. */
export type Tiebreaker = number | bigint | string | null;

/** The place of an event in the order of all events: timestamp, tiebreaker, then arrival. */
export interface OrderKey {
  readonly timestamp: Timestamp;
  readonly tiebreaker: Tiebreaker;
  /** Index of the source among all sources. */
  readonly sourceIndex: number;
  readonly line: number;
}

/** Negative if `a` comes before `b`, positive if after. Distinct lines never compare as equal. */
export function compareOrder(a: OrderKey, b: OrderKey): number {
  return (
    compareTimestamps(a.timestamp, b.timestamp) ||
    compareTiebreakers(a.tiebreaker, b.tiebreaker) ||
    a.sourceIndex - b.sourceIndex ||
    a.line - b.line
  );
}

/** The tiebreaker that a field value makes; lists, objects and booleans make none. */
export function toTiebreaker(value: JsonValue): Tiebreaker {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' || typeof value === 'bigint' ? value : null;
}

/** Numbers numerically, then strings by code point, then `null`. */
function compareTiebreakers(a: Tiebreaker, b: Tiebreaker): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  if (typeof a === 'string') return typeof b === 'string' ? compareCodePoints(a, b) : 1;
  if (typeof b === 'string') return -1;
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
