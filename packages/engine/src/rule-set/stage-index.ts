import type { Dialect } from '@eqlkit/language';
import type { EventView } from '../event/event-view.js';
import type { StagePlan } from '../plan/query-plan.js';
import type { CandidateSink } from './candidate-plan.js';
import { ConditionGraph } from './condition-graph.js';
import { DispatchTree } from './dispatch-tree.js';
import { IndexedStage, type OpenStage } from './indexed-stage.js';
import type { StageFinder, WatchedStage } from './stage-finder.js';

/**
 * Shows an event only to the queries of which a stage holds for it, and tries only the stages that it may concern: those
 * of which it holds what they require. What it costs depends on these candidates, hardly on the number of queries.
 */
export class StageIndex implements StageFinder, CandidateSink {
  private readonly graph = new ConditionGraph();
  private readonly stages = new Map<string, IndexedStage>();
  private tree: DispatchTree | null = null;
  private eventNumber = 0;
  private found: number[] = [];
  /** For each query, the number of the event for which it was found last. */
  private readonly foundAt: number[] = [];

  add(stage: StagePlan, dialect: Dialect, query: number): WatchedStage {
    const conditions = this.graph.addStage(stage, dialect);
    const key = conditions
      .map(({ id }) => id)
      .sort((a, b) => a - b)
      .join(' ');
    const indexed = this.stages.get(key) ?? new IndexedStage(conditions);
    this.stages.set(key, indexed);
    this.tree = null;
    const use = indexed.addUse(query);
    return {
      // A stage that was not looked for is asked about all the same if the event has made it play a part.
      holds: () =>
        indexed.foundAt === this.eventNumber ||
        (!use.armed && indexed.conditions.every((condition) => this.graph.holds(condition))),
      arm: (armed) => indexed.arm(use, armed),
    };
  }

  find(view: EventView): readonly number[] {
    this.eventNumber = this.graph.begin(view);
    this.found = [];
    this.tree ??= new DispatchTree(this.graph, [...this.stages.values()]);
    this.tree.planFor(view).find(view, this);
    return this.found.length < 2 ? this.found : this.found.sort((a, b) => a - b);
  }

  attempt({ stage, open }: OpenStage): void {
    if (stage.armed === 0 || stage.triedAt === this.eventNumber) return;
    stage.triedAt = this.eventNumber;
    for (const condition of open) if (!this.graph.holds(condition)) return;
    this.accept(stage);
  }

  accept(stage: IndexedStage): void {
    stage.foundAt = this.eventNumber;
    if (stage.armed === 0) return;
    for (const { query, armed } of stage.uses) {
      if (!armed || this.foundAt[query] === this.eventNumber) continue;
      this.foundAt[query] = this.eventNumber;
      this.found.push(query);
    }
  }
}
