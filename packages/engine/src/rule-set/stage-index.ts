import type { Dialect } from '@eqlkit/language';
import type { EventView } from '../event/event-view.js';
import type { CandidateSink } from './candidate-sink.js';
import { ConditionGraph, type Condition, type StageConditions } from './condition-graph.js';
import { DispatchTree } from './dispatch-tree.js';
import { IndexedStage, type Candidate } from './indexed-stage.js';
import type { FoundStage, StageFinder, WatchedStage } from './stage-finder.js';

/**
 * Shows an event only to the queries of which a stage holds for it, and tries only the stages that it may concern: those
 * of which it holds what they require. What it costs depends on these candidates, hardly on the number of queries.
 *
 * The work can be divided. `survey` finds the stages of an event that hold but for what only the run can tell; `find`
 * goes on from there if the view has what another index of the same queries has found.
 */
export class StageIndex implements StageFinder, CandidateSink {
  readonly asksLate = true;
  private readonly graph = new ConditionGraph();
  private readonly known = new Map<string, IndexedStage>();
  private readonly stages: IndexedStage[] = [];
  private readonly surveyor = new Surveyor(this.graph);
  private tree: DispatchTree | null = null;
  private readonly takesSurveys: boolean;
  /** What another index has found for the event. */
  private given: readonly number[] | null = null;
  private eventNumber = 0;
  private found: number[] = [];
  /** For each query, the number of the event for which it was found last. */
  private readonly foundAt: number[] = [];

  /** An index whose queries are not those of the engine takes no surveys. */
  constructor({ takesSurveys = true }: { readonly takesSurveys?: boolean } = {}) {
    this.takesSurveys = takesSurveys;
  }

  add(stage: FoundStage, dialect: Dialect, query: number): WatchedStage {
    const indexed = this.stageOf(this.graph.addStage(stage, dialect));
    this.tree = null;
    const use = indexed.addUse(query);
    return {
      // A stage that was not looked for is asked about all the same if the event has made it play a part.
      holds: () => indexed.foundAt === this.eventNumber || (!use.armed && this.decide(indexed)),
      arm: (armed) => indexed.arm(use, armed),
    };
  }

  private stageOf({ conditions, open }: StageConditions): IndexedStage {
    const key = `${listIds(conditions)} open ${listIds(open)}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const stage = new IndexedStage(this.stages.length, conditions, open);
    this.stages.push(stage);
    this.known.set(key, stage);
    return stage;
  }

  find(view: EventView): readonly number[] {
    this.begin(view);
    this.found = [];
    if (this.given === null) this.prepare().find(view, this);
    else for (const number of this.given) this.acceptSurveyed(number);
    return this.found.length < 2 ? this.found : this.found.sort((a, b) => a - b);
  }

  survey(view: EventView): readonly number[] {
    this.begin(view);
    this.surveyor.begin(this.eventNumber);
    this.prepare().find(view, this.surveyor);
    return this.surveyor.met;
  }

  private begin(view: EventView): void {
    this.given = this.takesSurveys ? view.survey : null;
    this.eventNumber = this.graph.begin(view);
  }

  /** Does what there is to do before the first event; to be called when all stages are added. */
  prepare(): DispatchTree {
    return (this.tree ??= new DispatchTree(this.graph, this.stages));
  }

  wants(stage: IndexedStage): boolean {
    return stage.armed !== 0;
  }

  attempt({ stage, open, late }: Candidate): void {
    if (stage.armed === 0 || stage.triedAt === this.eventNumber) return;
    stage.triedAt = this.eventNumber;
    if (this.graph.allHold(open)) this.accept(stage, late);
  }

  accept(stage: IndexedStage, late = stage.open): void {
    stage.metAt = this.eventNumber;
    if (stage.armed === 0 || !this.graph.allHold(late)) return;
    stage.foundAt = this.eventNumber;
    for (const { query, armed } of stage.uses) {
      if (!armed || this.foundAt[query] === this.eventNumber) continue;
      this.foundAt[query] = this.eventNumber;
      this.found.push(query);
    }
  }

  private acceptSurveyed(number: number): void {
    const stage = this.stages[number];
    if (stage === undefined) throw new Error(`a survey names stage ${number}, which there is not`);
    this.accept(stage);
  }

  private decide({ metAt, conditions, open }: IndexedStage): boolean {
    const met = metAt === this.eventNumber || (this.given === null && this.graph.allHold(conditions));
    return met && this.graph.allHold(open);
  }
}

function listIds(conditions: readonly Condition[]): string {
  return conditions
    .map(({ id }) => id)
    .sort((a, b) => a - b)
    .join(' ');
}

/** Gathers the stages that hold but for their open conditions. */
class Surveyor implements CandidateSink {
  readonly asksLate = false;
  met: number[] = [];
  private eventNumber = 0;

  constructor(private readonly graph: ConditionGraph) {}

  begin(eventNumber: number): void {
    this.eventNumber = eventNumber;
    this.met = [];
  }

  wants(): boolean {
    return true;
  }

  attempt({ stage, open }: Candidate): void {
    if (stage.triedAt === this.eventNumber) return;
    stage.triedAt = this.eventNumber;
    if (this.graph.allHold(open)) this.accept(stage);
  }

  accept(stage: IndexedStage): void {
    this.met.push(stage.number);
  }
}
