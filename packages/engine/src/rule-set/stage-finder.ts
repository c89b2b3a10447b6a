import type { Dialect } from '@eqlkit/language';
import type { EventView } from '../event/event-view.js';
import type { StagePlan } from '../plan/query-plan.js';
import type { PredicateTest } from '../predicate/predicate.js';

/** What a finder has to know of a stage. */
export type FoundStage = Pick<StagePlan, 'stage' | 'predicate' | 'usesAliases'>;

/** A stage that a finder looks for. */
export interface WatchedStage {
  /**
   * Tells, after `find`, whether the stage's condition holds for the event; for a condition that speaks of earlier events,
   * whether it could.
   */
  readonly holds: PredicateTest;
  /** Says whether the stage is to be looked for. */
  readonly arm: (armed: boolean) => void;
}

/** Finds out which of many queries an event concerns. */
export interface StageFinder {
  /** Takes a stage of the query at a place. */
  add(stage: FoundStage, dialect: Dialect, query: number): WatchedStage;

  /** The places, in ascending order, of the queries that must look at the view's event. */
  find(view: EventView): readonly number[];
}
