import type { EventRecord } from '../event/event-record.js';
import type { Timestamp } from '../time/timestamp.js';
import type { Value } from '../values/value.js';

/** The events of a pending sequence, the latest first; sequences that fork share their beginning. */
export interface EventChain {
  readonly record: EventRecord;
  readonly before: EventChain | null;
}

/** The values of a join key; one alone stands without a list, as there may be millions. */
export type KeySpelling = Value | readonly Value[];

/** A sequence in flight. */
export class PendingSequence {
  /** The last stage that it has reached; of one key, no two have reached the same. */
  stage = 0;
  /** An event that had to stay away was seen; the sequence goes on, but its end will not count. */
  spoiled = false;
  /** The events before `record`. */
  before: EventChain | null = null;
  /** Another pending sequence of the same key. */
  sibling: PendingSequence | null = null;
  /** The pending sequences that began right before and right after, of any key. */
  older: PendingSequence | null = null;
  newer: PendingSequence | null = null;

  constructor(
    readonly keyId: string,
    /** The key as its first event spells it: a number joins the text that spells it, and Python EQL joins without case. */
    readonly spelling: KeySpelling,
    /** When its first event happened; maxspan counts from here. */
    readonly start: Timestamp,
    /** The latest time before `start` at which an event of a leading `![…]` was seen. */
    readonly leading: Timestamp | null,
    /** Its latest event. */
    public record: EventRecord,
  ) {}

  /** A copy, to go another way; it is in no list. */
  fork(): PendingSequence {
    const copy = new PendingSequence(this.keyId, this.spelling, this.start, this.leading, this.record);
    copy.stage = this.stage;
    copy.spoiled = this.spoiled;
    copy.before = this.before;
    return copy;
  }
}

/** Shortens the values of a key. */
export function spellKey(values: readonly Value[]): KeySpelling {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : values;
}

/** The values of a key. */
export function keyValues(spelling: KeySpelling): readonly Value[] {
  return isList(spelling) ? spelling : [spelling];
}

function isList(spelling: KeySpelling): spelling is readonly Value[] {
  return Array.isArray(spelling);
}

/** The events of a pending sequence, the earliest first. */
export function listEvents({ record, before }: EventChain): readonly EventRecord[] {
  const records = [record];
  for (let at = before; at !== null; at = at.before) records.push(at.record);
  return records.reverse();
}
