import { compareTimestamps, isBeyondSpan, type Timestamp } from '../time/timestamp.js';
import { decodeTime, encodeTime } from '../time/timestamp-codec.js';
import { oldestKeysBeyond } from '../values/oldest-keys.js';
import type { JsonValue } from '../values/value.js';
import { asList, asText } from '../event/event-codec.js';

/** So often what is too old is dropped while time moves on by maxspan. */
const SWEEPS_PER_SPAN = 16;

interface Seen {
  last: Timestamp;
  /** The latest time before `last`, so that "strictly before" can be answered at the time of `last` itself. */
  previous: Timestamp | null;
}

/**
 * When the events of one group of `![…]` stages were last seen, for each key. A time is kept for as long as a sequence
 * of `maxspanMs` could still ask for it.
 */
export class MissingHistory {
  private seen = new Map<string, Seen>();
  private swept: Timestamp | null = null;

  /** `countForgotten` is told of keys that are forgotten because there are more than `maxKeys`. */
  constructor(
    private readonly maxspanMs: number,
    private readonly maxKeys: number,
    private readonly countForgotten: () => void,
  ) {}

  /** Notes an event. Times come in ascending order. */
  note(keyId: string, time: Timestamp): void {
    const known = this.seen.get(keyId);
    // Deleting first keeps the map in the order of the last times, which `forget` relies on.
    this.seen.delete(keyId);
    if (known === undefined) this.seen.set(keyId, { last: time, previous: null });
    else if (compareTimestamps(known.last, time) === 0) this.seen.set(keyId, known);
    else this.seen.set(keyId, { last: time, previous: known.last });
    for (const oldest of oldestKeysBeyond(this.seen, this.maxKeys)) {
      this.seen.delete(oldest);
      this.countForgotten();
    }
  }

  /** The latest time strictly before another. */
  latestBefore(keyId: string, time: Timestamp): Timestamp | null {
    const known = this.seen.get(keyId);
    if (known === undefined) return null;
    return compareTimestamps(known.last, time) < 0 ? known.last : known.previous;
  }

  /** Drops what is too old to matter at a time, every now and then: a look at the oldest passes what was dropped before. */
  forget(now: Timestamp): void {
    if (this.swept !== null && !isBeyondSpan(this.swept, now, this.maxspanMs / SWEEPS_PER_SPAN)) return;
    this.swept = now;
    for (const [keyId, { last }] of this.seen) {
      if (!isBeyondSpan(last, now, this.maxspanMs)) return;
      this.seen.delete(keyId);
    }
  }

  snapshot(): JsonValue {
    return [...this.seen].map(([keyId, { last, previous }]) => [
      keyId,
      encodeTime(last),
      previous === null ? null : encodeTime(previous),
    ]);
  }

  restore(state: JsonValue | undefined): void {
    this.seen = new Map(
      asList(state).map((entry) => {
        const [keyId, last, previous] = asList(entry);
        return [asText(keyId), { last: decodeTime(last), previous: previous === null ? null : decodeTime(previous) }];
      }),
    );
  }
}
