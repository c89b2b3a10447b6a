import type { Dialect } from '@eqlkit/language';
import type { StagePlan } from '../plan/query-plan.js';
import type { PredicateTest } from '../predicate/predicate.js';
import type { StageFinder } from './stage-finder.js';

/** Shows every event to every query, and tries each condition as it is written. */
export class ExhaustiveFinder implements StageFinder {
  private readonly queries: number[] = [];

  add(stage: StagePlan, _dialect: Dialect, query: number): PredicateTest {
    if (this.queries.at(-1) !== query) this.queries.push(query);
    return stage.usesAliases ? () => true : stage.predicate.test;
  }

  find(): readonly number[] {
    return this.queries;
  }
}
