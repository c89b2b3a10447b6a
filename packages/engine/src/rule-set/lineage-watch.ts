import type { Dialect } from '@eqlkit/language';
import type { EventView } from '../event/event-view.js';
import type { LineageTracker } from '../lineage/lineage-tracker.js';
import type { PredicateTest } from '../predicate/predicate.js';
import { asksLineage, someLeaf } from '../predicate/some-leaf.js';
import type { StageFinder } from './stage-finder.js';

/**
 * Shows events to the trackers of many queries, before any condition is asked about them. The events that make processes
 * sources are found as those of stages are: hundreds of rules may ask about trees.
 */
export class LineageWatch {
  /** One for each way to read processes. */
  private readonly learners: LineageTracker[] = [];
  private readonly found: { readonly tracker: LineageTracker; readonly holds: PredicateTest }[] = [];
  /** Those that ask about sources of others, in the order in which these come. */
  private readonly asking: LineageTracker[] = [];

  constructor(private readonly finder: StageFinder) {}

  add(tracker: LineageTracker, dialect: Dialect): void {
    const { query, fields } = tracker.plan;
    if (!this.learners.some((known) => areAlike(known.plan.fields.places, fields.places))) this.learners.push(tracker);
    if (someLeaf(query, asksLineage)) {
      this.asking.push(tracker);
      return;
    }
    const { holds } = this.finder.add({ stage: 0, predicate: query, usesAliases: false }, dialect, this.found.length);
    this.found.push({ tracker, holds });
  }

  /** Whether there are trackers, which look at every event. */
  get isEmpty(): boolean {
    return this.learners.length === 0;
  }

  observe(view: EventView): void {
    for (const learner of this.learners) learner.learn(view);
    if (this.found.length > 0) {
      for (const place of this.finder.find(view)) {
        const watched = this.found[place];
        if (watched?.holds(view) === true) watched.tracker.note(view);
      }
    }
    for (const tracker of this.asking) tracker.observe(view);
  }
}

function areAlike(some: readonly (number | null)[], others: readonly (number | null)[]): boolean {
  return some.length === others.length && some.every((place, index) => place !== null && place === others[index]);
}
