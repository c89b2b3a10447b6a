import type { EventRecord } from '../event/event-record.js';
import type { Timestamp } from '../time/timestamp.js';
import type { JoinKey } from './join-key.js';

/** What happened to a pending sequence. Stages are counted among those that an event must take, from zero. */
export type SequenceStep =
  /** An event took the first stage. */
  | { readonly kind: 'began'; readonly record: EventRecord }
  /** An event took the next stage. */
  | { readonly kind: 'advanced'; readonly stage: number; readonly record: EventRecord }
  /** A newer sequence took its place at a stage. */
  | { readonly kind: 'overwritten'; readonly stage: number; readonly start: Timestamp; readonly by: EventRecord }
  /** Time ran out while it had reached a stage. */
  | { readonly kind: 'expired'; readonly stage: number; readonly start: Timestamp }
  /** `until` ended all that was pending. */
  | { readonly kind: 'cut'; readonly by: EventRecord }
  /** An event fits a stage, but no sequence waits for it. */
  | { readonly kind: 'unawaited'; readonly stage: number; readonly record: EventRecord }
  /** It has all its events and waits for its trailing `![…]` to stay away. */
  | { readonly kind: 'waiting'; readonly record: EventRecord }
  /** It has all its events, but one of a `![…]` was there. */
  | { readonly kind: 'refused'; readonly record: EventRecord }
  /** It is a match. */
  | { readonly kind: 'completed'; readonly record: EventRecord };

/** Watches a sequence machine: called for each step with the join key that it concerns. */
export type SequenceObserver = (key: JoinKey, step: SequenceStep) => void;
