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
  /** The events that missed it by the fewest conditions, the nearest first. */
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
    const failing = outcomes.flatMap((holds, place) => (holds ? [] : [place]));
    for (const place of failing) this.failed[place] = (this.failed[place] ?? 0) + 1;
    const [first] = failing;
    if (first === undefined) {
      this.held += 1;
      if (!hasKey()) this.withoutKey += 1;
      if (this.matches.length < this.kept) this.matches.push(this.explain(view, 0));
      return;
    }
    if (failing.length === 1) this.failedAlone[first] = (this.failedAlone[first] ?? 0) + 1;
    this.keepNear(view, failing.length);
  }

  private keepNear(view: EventView, failed: number): void {
    const farthest = this.nearest.at(-1);
    if (farthest !== undefined && this.nearest.length >= this.kept && farthest.failed <= failed) return;
    const place = this.nearest.findIndex((event) => event.failed > failed);
    this.nearest.splice(place === -1 ? this.nearest.length : place, 0, this.explain(view, failed));
    this.nearest.length = Math.min(this.nearest.length, this.kept);
  }

  private explain(view: EventView, failed: number): ExplainedEvent {
    return explainEvent(this.explainer, view, failed);
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
export function explainEvent(explainer: ConditionExplainer, view: EventView, failed: number): ExplainedEvent {
  return { event: markOf(view), condition: explainer.explain(view), failed };
}
