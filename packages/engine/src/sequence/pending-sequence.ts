import type { EventRecord } from '../event/event-record.js';
import type { Timestamp } from '../time/timestamp.js';
import type { Value } from '../values/value.js';

/** The events of a pending sequence, the latest first; sequences that fork share their beginning. */
export interface EventChain {
  readonly record: EventRecord;
  readonly before: EventChain | null;
}

/** A sequence in flight. */
export interface PendingSequence {
  readonly key: KeyState;
  /** The key as its first event spells it: a number joins the text that spells it, and Python EQL joins without case. */
  readonly values: readonly Value[];
  /** When its first event happened; maxspan counts from here. */
  readonly start: Timestamp;
  events: EventChain;
  /** The last stage that it has reached, which is also the slot it sits in. */
  stage: number;
  /** An event that had to stay away was seen; the sequence goes on, but its end will not count. */
  spoiled: boolean;
  /** The latest time before `start` at which an event of a leading `![…]` was seen. */
  readonly leading: Timestamp | null;
  /** False once it was completed, overwritten, cut by `until` or expired. */
  live: boolean;
}

/** What is in flight for one join key. */
export interface KeyState {
  readonly id: string;
  /** Slot *s* holds the pending sequence whose last event took stage *s*. */
  readonly slots: (PendingSequence | undefined)[];
  occupied: number;
}

/** The events of a chain, the earliest first. */
export function listEvents(chain: EventChain): readonly EventRecord[] {
  const records: EventRecord[] = [];
  for (let at: EventChain | null = chain; at !== null; at = at.before) records.push(at.record);
  return records.reverse();
}
