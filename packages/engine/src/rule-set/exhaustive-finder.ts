import type { Dialect } from '@eqlkit/language';
import type { FoundStage, StageFinder, WatchedStage } from './stage-finder.js';

/** Shows every event to every query, and tries each condition as it is written. */
export class ExhaustiveFinder implements StageFinder {
  private readonly queries: number[] = [];

  add(stage: FoundStage, _dialect: Dialect, query: number): WatchedStage {
    if (this.queries.at(-1) !== query) this.queries.push(query);
    return { holds: stage.usesAliases ? () => true : stage.predicate.test, arm: () => undefined };
  }

  find(): readonly number[] {
    return this.queries;
  }
}
