import type { Dialect } from '@eqlkit/language';
import type { EventView } from '../event/event-view.js';
import type { StagePlan } from '../plan/query-plan.js';
import type { PredicateTest } from '../predicate/predicate.js';

/** Finds out which of many queries an event concerns. */
export interface StageFinder {
  /**
   * Takes a stage of the query at a place. Gives what tells, after `find`, whether the stage's condition holds for the
   * event; for a condition that speaks of earlier events, whether it could.
   */
  add(stage: StagePlan, dialect: Dialect, query: number): PredicateTest;

  /** The places, in ascending order, of the queries that must look at the view's event. */
  find(view: EventView): readonly number[];
}
