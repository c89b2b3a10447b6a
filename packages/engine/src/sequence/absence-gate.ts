import type { EventRecord } from '../event/event-record.js';
import { asList, asScalar, asText, type EventDecoder, type EventEncoder } from '../event/event-codec.js';
import { compareTimestamps, isBeyondSpan, type Timestamp } from '../time/timestamp.js';
import { decodeTime, encodeTime } from '../time/timestamp-codec.js';
import type { JsonValue } from '../values/value.js';
import type { JoinKey } from './join-key.js';

/** A sequence that has all its events and waits for its trailing `![…]`. */
export interface CompletedSequence {
  readonly key: JoinKey;
  readonly records: readonly EventRecord[];
  readonly start: Timestamp;
  readonly end: Timestamp;
  /** Seen before `start` for a leading `![…]`. */
  readonly leading: Timestamp | null;
}

const NOTHING: readonly CompletedSequence[] = [];

interface Waiting {
  readonly sequence: CompletedSequence;
  /** The event must stay away for maxspan from here on. */
  readonly since: Timestamp;
  accepted: boolean | undefined;
}

/**
 * Holds completed sequences back until it is known whether the events of their trailing `![…]` stayed away, and lets
 * them go in the order in which they were completed.
 *
 * With a leading `![…]` too, a near neighbour on one side alone does no harm: the silence between the last event before
 * and the first one behind must be longer than maxspan.
 */
export class AbsenceGate {
  private queue: Waiting[] = [];
  private head = 0;
  /** The undecided sequences of each key. */
  private readonly byKey = new Map<string, Set<Waiting>>();

  constructor(
    private readonly maxspanMs: number,
    private readonly hasLeading: boolean,
  ) {}

  get size(): number {
    return this.queue.length - this.head;
  }

  /** Takes a completed sequence. */
  add(sequence: CompletedSequence): void {
    const since = this.waitsSince(sequence);
    const waiting: Waiting = { sequence, since: since ?? sequence.start, accepted: since === null ? true : undefined };
    this.queue.push(waiting);
    if (waiting.accepted !== undefined) return;
    const others = this.byKey.get(sequence.key.id);
    if (others === undefined) this.byKey.set(sequence.key.id, new Set([waiting]));
    else others.add(waiting);
  }

  /** From when on an event must stay away for maxspan; null if the sequence need not wait. */
  waitsSince({ leading, start }: CompletedSequence): Timestamp | null {
    return this.hasLeading ? leading : start;
  }

  /** Forgets the sequence that was completed first; it will not be let go. */
  forgetOldest(): void {
    const oldest = this.queue[this.head];
    if (oldest === undefined) return;
    this.forget(oldest);
    this.drop();
  }

  /** An event of a trailing `![…]` was seen: it decides the sequences of its key that ended before it. Gives those refused. */
  note(keyId: string, time: Timestamp): readonly CompletedSequence[] {
    const waiting = this.byKey.get(keyId);
    if (waiting === undefined) return NOTHING;
    const refused: CompletedSequence[] = [];
    for (const one of waiting) {
      if (compareTimestamps(one.sequence.end, time) >= 0) continue;
      one.accepted = isBeyondSpan(one.since, time, this.maxspanMs);
      if (!one.accepted) refused.push(one.sequence);
      this.forget(one);
    }
    return refused;
  }

  /** The accepted sequences, up to the first that is still undecided at a time; all with `now` left out. */
  release(now?: Timestamp): readonly CompletedSequence[] {
    const released: CompletedSequence[] = [];
    for (let waiting = this.queue[this.head]; waiting !== undefined; waiting = this.queue[this.head]) {
      if (waiting.accepted === undefined) {
        if (now !== undefined && !isBeyondSpan(waiting.since, now, this.maxspanMs)) break;
        waiting.accepted = true;
        this.forget(waiting);
      }
      if (waiting.accepted) released.push(waiting.sequence);
      this.drop();
    }
    return released;
  }

  /** Takes the first out of the queue. */
  private drop(): void {
    this.head += 1;
    if (this.head <= 1_000 || this.head * 2 <= this.queue.length) return;
    this.queue = this.queue.slice(this.head);
    this.head = 0;
  }

  private forget(decided: Waiting): void {
    const keyId = decided.sequence.key.id;
    const waiting = this.byKey.get(keyId);
    waiting?.delete(decided);
    if (waiting?.size === 0) this.byKey.delete(keyId);
  }

  snapshot(encoder: EventEncoder): JsonValue {
    return this.queue
      .slice(this.head)
      .map(({ sequence, accepted }) => [
        sequence.key.id,
        sequence.key.values,
        sequence.records.map((record) => encoder.encode(record)),
        encodeTime(sequence.start),
        encodeTime(sequence.end),
        sequence.leading === null ? null : encodeTime(sequence.leading),
        accepted ?? null,
      ]);
  }

  restore(state: JsonValue | undefined, decoder: EventDecoder): void {
    this.queue = [];
    this.head = 0;
    this.byKey.clear();
    for (const entry of asList(state)) {
      const [keyId, values, records, start, end, leading, accepted] = asList(entry);
      this.add({
        key: { id: asText(keyId), values: asList(values).map(asScalar) },
        records: asList(records).map((number) => decoder.decode(number)),
        start: decodeTime(start),
        end: decodeTime(end),
        leading: leading === null ? null : decodeTime(leading),
      });
      const waiting = this.queue.at(-1);
      if (waiting !== undefined && typeof accepted === 'boolean') {
        waiting.accepted = accepted;
        this.forget(waiting);
      }
    }
  }
}
