import type { Timestamp } from '../time/timestamp.js';
import type { JoinKey } from './join-key.js';

/** Which event it was, without what it holds: a story of many steps would keep all of them. */
export interface EventMark {
  /** Counts the events of a run from zero. */
  readonly arrival: number;
  readonly timestamp: Timestamp;
}

/** Which event a view or a record holds. */
export function markOf({ arrival, timestamp }: EventMark): EventMark {
  return { arrival, timestamp };
}

/**
 * What happened to a pending sequence. Stages are counted among those that an event must take, from zero; a gap is the
 * `![…]` before the stage of that number, or behind the last stage.
 */
export type SequenceStep =
  /** An event took the first stage. */
  | { readonly kind: 'began'; readonly event: EventMark }
  /** An event took the next stage. */
  | { readonly kind: 'advanced'; readonly stage: number; readonly event: EventMark }
  /** An event of a gap had come before, so that the sequence goes on in vain. */
  | { readonly kind: 'spoiled'; readonly cause: GapEvent }
  /** A newer sequence took its place at a stage. */
  | {
      readonly kind: 'overwritten';
      readonly stage: number;
      /** The event that it began with. */
      readonly begun: EventMark;
      readonly start: Timestamp;
      readonly event: EventMark;
    }
  /** Time ran out while it had reached a stage. */
  | { readonly kind: 'expired'; readonly stage: number; readonly start: Timestamp }
  /** `until` ended one that had reached a stage. */
  | { readonly kind: 'cut'; readonly stage: number; readonly start: Timestamp; readonly event: EventMark }
  /** An event fits a stage, but no sequence waits for it. */
  | { readonly kind: 'unawaited'; readonly stage: number; readonly event: EventMark }
  /** It has all its events, and those of the trailing gap must stay away for maxspan from `since` on. */
  | { readonly kind: 'waiting'; readonly since: Timestamp; readonly event: EventMark }
  /** It has all its events, but one of a gap was there: which, unless it was told before. */
  | { readonly kind: 'refused'; readonly cause: GapEvent | null; readonly start: Timestamp }
  /** It is a match. */
  | { readonly kind: 'completed'; readonly event: EventMark; readonly waited: WaitedSpan | null }
  /** The events ended while it had reached a stage. */
  | { readonly kind: 'pending'; readonly stage: number; readonly start: Timestamp };

/** An event of a `![…]`, and when it was seen. */
export interface GapEvent {
  readonly gap: number;
  readonly seen: Timestamp;
}

/** How long a complete sequence waited for its trailing gap. */
interface WaitedSpan {
  readonly since: Timestamp;
  /** The events ended before the span did, and so decided for it. */
  readonly untilEnd: boolean;
}

/** Watches a sequence machine: called for each step with the join key that it concerns. */
export type SequenceObserver = (key: JoinKey, step: SequenceStep) => void;
