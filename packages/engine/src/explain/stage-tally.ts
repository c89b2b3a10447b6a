import type { EventView } from '../event/event-view.js';
import { markOf, type EventMark } from '../sequence/sequence-observer.js';
import type { ConditionExplainer } from './condition-explainer.js';
import type { ExplainedCondition } from './explained-condition.js';

/** How often one of the conditions that must all hold did not. */
interface ConjunctTally {
  readonly text: string;
  /** Events of the category for which it did not hold. */
  readonly failed: number;
  /** Events of the category for which everything else held. */
  readonly failedAlone: number;
}

/** An event with what a condition made of it. */
export interface ExplainedEvent {
  readonly event: EventMark;
  readonly condition: ExplainedCondition;
  /** How many of the conditions that must all hold did not. */
  readonly failed: number;
  /** Place of the first of them; -1 if all hold. */
  readonly firstFailed: number;
  /** Whether the first of them fails as the event lacks the fields that it reads; false if all hold. */
  readonly lacksField: boolean;
}

/** By which conditions an event misses. */
export type Miss = Pick<ExplainedEvent, 'failed' | 'firstFailed' | 'lacksField'>;

/** Counts the conditions that do not hold for the view's event. */
export function missOf(explainer: ConditionExplainer, outcomes: readonly boolean[], view: EventView): Miss {
  const firstFailed = outcomes.indexOf(false);
  return {
    failed: outcomes.filter((holds) => !holds).length,
    firstFailed,
    lacksField: firstFailed !== -1 && explainer.lacksFields(firstFailed, view),
  };
}

/**
 * Whether an event comes nearer than another: it misses by fewer conditions or, as these mostly lead from what is common to
 * what is special, by later ones; of equals, one that has another value comes before one that lacks the field.
 */
export function isNearer(miss: Miss, other: Miss): boolean {
  if (miss.failed !== other.failed) return miss.failed < other.failed;
  if (miss.firstFailed !== other.firstFailed) return miss.firstFailed > other.firstFailed;
  return !miss.lacksField && other.lacksField;
}

/** What a bracketed query, or an event query, made of all events. */
export interface StageTally {
  /** Events of the category. */
  readonly examined: number;
  /** Events that it holds for. */
  readonly held: number;
  /** How many of those have no join key, so that they take part in nothing. */
  readonly withoutKey: number;
  readonly conjuncts: readonly ConjunctTally[];
  /** The first events that it holds for. */
  readonly matches: readonly ExplainedEvent[];
  /** The events that came nearest to it, see {@link isNearer}, the nearest first. */
  readonly nearest: readonly ExplainedEvent[];
}

/** Counts which condition keeps how many events away from a query, and keeps the events that came nearest. */
export class StageCounter {
  private examined = 0;
  private held = 0;
  private withoutKey = 0;
  private readonly failed: number[];
  private readonly failedAlone: number[];
  private readonly matches: ExplainedEvent[] = [];
  private readonly nearest: ExplainedEvent[] = [];

  /**
   * @param firstIsCategory whether the first condition is the category, so that other events are none of its business
   * @param kept how many matching and how many near events are kept
   */
  constructor(
    private readonly explainer: ConditionExplainer,
    private readonly firstIsCategory: boolean,
    private readonly kept: number,
  ) {
    this.failed = explainer.conjuncts.map(() => 0);
    this.failedAlone = explainer.conjuncts.map(() => 0);
  }

  /** Looks at the view's event; `hasKey` is asked about one that fits. */
  observe(view: EventView, hasKey: () => boolean): void {
    const outcomes = this.explainer.testConjuncts(view);
    if (this.firstIsCategory && outcomes[0] === false) return;
    this.examined += 1;
    outcomes.forEach((holds, place) => {
      if (!holds) this.failed[place] = (this.failed[place] ?? 0) + 1;
    });
    const miss = missOf(this.explainer, outcomes, view);
    const { failed, firstFailed } = miss;
    if (failed === 0) {
      this.held += 1;
      if (!hasKey()) this.withoutKey += 1;
      if (this.matches.length < this.kept) this.matches.push(explainEvent(this.explainer, view, miss));
      return;
    }
    if (failed === 1) this.failedAlone[firstFailed] = (this.failedAlone[firstFailed] ?? 0) + 1;
    this.keepNear(view, miss);
  }

  private keepNear(view: EventView, miss: Miss): void {
    const farthest = this.nearest.at(-1);
    if (farthest !== undefined && this.nearest.length >= this.kept && !isNearer(miss, farthest)) return;
    const place = this.nearest.findIndex((event) => isNearer(miss, event));
    this.nearest.splice(place === -1 ? this.nearest.length : place, 0, explainEvent(this.explainer, view, miss));
    this.nearest.length = Math.min(this.nearest.length, this.kept);
  }

  /** What was counted so far. */
  get tally(): StageTally {
    const conjuncts = this.explainer.conjuncts.map((text, place) => ({
      text,
      failed: this.failed[place] ?? 0,
      failedAlone: this.failedAlone[place] ?? 0,
    }));
    const { examined, held, withoutKey, matches, nearest } = this;
    return { examined, held, withoutKey, conjuncts, matches, nearest };
  }
}

/** What a condition makes of the view's event, which is not kept itself. */
export function explainEvent(explainer: ConditionExplainer, view: EventView, miss: Miss): ExplainedEvent {
  return { event: markOf(view), condition: explainer.explain(view), ...miss };
}
