import type { EventMark } from './sequence-observer.js';
import type { JoinKey } from './join-key.js';

/** What happened to the events that a join or sample gathers under a join key. */
export type CombinationStep =
  /** An event fits a stage, counted from zero. */
  | { readonly kind: 'gathered'; readonly stage: number; readonly event: EventMark }
  /** There is a match. */
  | { readonly kind: 'completed' }
  /** `until` cleared what was gathered. */
  | { readonly kind: 'cut'; readonly event: EventMark };

/** Watches a join or sample machine: called for each step with the join key that it concerns. */
export type CombinationObserver = (key: JoinKey, step: CombinationStep) => void;
