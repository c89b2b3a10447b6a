import type { EventQueryNode } from '@eqlkit/language';
import type { EventView } from '../event/event-view.js';
import type { StagePlan } from '../plan/query-plan.js';
import { keysOfEvent } from '../sequence/join-key.js';
import type { ConditionExplainer } from './condition-explainer.js';
import { missOf, type Miss, type StageCounter, type StageTally } from './stage-tally.js';

/** What one bracketed query, or the whole event query, made of the events. */
export interface ExplainedStage {
  readonly query: EventQueryNode;
  readonly missing: boolean;
  readonly runs: number;
  /** Its condition speaks of earlier events, so that events are examined only while a sequence waits for them. */
  readonly bound: boolean;
  readonly tally: StageTally;
}

/** A stage while it is explained. */
export interface WatchedStage {
  readonly plan: StagePlan;
  readonly runs: number;
  readonly query: EventQueryNode;
  readonly explainer: ConditionExplainer;
  readonly counter: StageCounter;
}

/** Counts what a stage makes of the view's event. */
export function countEvent({ plan, counter }: WatchedStage, view: EventView): void {
  counter.observe(view, () => plan.keys.length === 0 || keysOfEvent(plan.keys, view).keys.length > 0);
}

/** By which of a stage's conditions the view's event misses it; null if it fits, or is of another category. */
export function missOfStage({ query, explainer }: WatchedStage, view: EventView): Miss | null {
  const outcomes = explainer.testConjuncts(view);
  if (query.category !== null && outcomes[0] === false) return null;
  const miss = missOf(explainer, outcomes, view);
  return miss.failed === 0 ? null : miss;
}

/** What a stage made of all events so far. */
export function explainStage({ plan, runs, query, counter }: WatchedStage): ExplainedStage {
  return { query, missing: plan.missing, runs, bound: plan.usesAliases, tally: counter.tally };
}
