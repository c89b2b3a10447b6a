import type { CheckedQuery, Diagnostic, EventQueryNode } from '@eqlkit/language';
import { hasErrors } from '@eqlkit/language';
import { EventView } from '../event/event-view.js';
import type { FieldPath } from '../event/field-table.js';
import type { LazyEvent } from '../event/lazy-event.js';
import type { Match } from '../match.js';
import { LineageTrackers } from '../lineage/lineage-tracker.js';
import { ProcessTree } from '../lineage/process-tree.js';
import { compileQuery, createCompileContext, type CompiledQuery, type CompileOptions } from '../plan/compile-query.js';
import { EventBody } from '../plan/event-body.js';
import type { StagePlan } from '../plan/query-plan.js';
import { GateKeeper, type QueryGate } from '../rule-set/query-gate.js';
import { bindAlone } from '../sequence/stage-test.js';
import { compareTimestamps, type Timestamp } from '../time/timestamp.js';
import type { JsonObject } from '../values/value.js';
import { ConditionExplainer } from './condition-explainer.js';
import { CombinationStories, type ExplainedCombination } from './combination-stories.js';
import { explainFilter, PipeStories, type ExplainedPipe } from './explained-pipes.js';
import { SequenceStories, type ExplainedSequence } from './sequence-stories.js';
import { StageCounter } from './stage-tally.js';
import { countEvent, explainStage, type ExplainedStage, type WatchedStage } from './watched-stage.js';

/** Why a query matched, or why it did not. */
export interface QueryExplanation {
  readonly events: number;
  /** Events that a sequence left out because a later one had come before. */
  readonly late: number;
  /** How many of them the gate kept from the query. */
  readonly shutOut: number;
  /** The stages as written; one for an event query. */
  readonly stages: readonly ExplainedStage[];
  readonly until: ExplainedStage | null;
  /** The fields of the join key, in the first stage's words. */
  readonly keyFields: readonly string[];
  /** What happened under each join key; null for a query that is no sequence. */
  readonly sequence: ExplainedSequence | null;
  /** The same for a join or sample; null for any other query. */
  readonly combination: ExplainedCombination | null;
  readonly pipes: readonly ExplainedPipe[];
}

/** How a query is explained, beyond how it is compiled. */
export interface ExplainOptions extends CompileOptions {
  /** Most matching and near events that are kept for each stage. Default: 3. */
  readonly kept?: number;
  /** Most join keys that are followed. Default: 100,000. */
  readonly maxKeys?: number;
  /** Values of a join key that is followed even if there are more. */
  readonly key?: readonly string[] | undefined;
  /**
   * The one event that is explained, counted from 1: stages tell of it alone, and stories are those of the keys under which
   * it did something. The sequence sees all events all the same. Default: all are.
   */
  readonly only?: number | undefined;
  /** Decides which events the query sees; it is asked about one query. Default: all. */
  readonly gate?: QueryGate | null | undefined;
}

/** The outcome of {@link createQueryExplainer}. */
export type QueryExplainerResult = (
  | {
      readonly explainer: QueryExplainer;
      /** What the explainer runs, as for an `EventCoverage`. */
      readonly query: CompiledQuery;
    }
  /** The query does not compile. */
  | { readonly explainer: null; readonly query: null }
) & { readonly diagnostics: readonly Diagnostic[] };

/** Makes an explainer for a checked query. */
export function createQueryExplainer(source: CheckedQuery, options: ExplainOptions = {}): QueryExplainerResult {
  const { query, diagnostics } = compileQuery(source, options);
  if (query === null || hasErrors(diagnostics)) return { explainer: null, query: null, diagnostics };
  return { explainer: new QueryExplainer(query, options), query, diagnostics };
}

/**
 * Watches a query at work on events that come in order of time, and tells what it made of them. It runs the query's own
 * machine; explaining is slower than running.
 */
export class QueryExplainer {
  private readonly view: EventView;
  private readonly trackers: LineageTrackers;
  private readonly stages: readonly WatchedStage[];
  private readonly until: WatchedStage | null;
  private readonly sequence: SequenceStories | null;
  private readonly combination: CombinationStories | null;
  /** Finds the results of a query for single events, which its pipes get, and counts what keeps it from looking at them fully. */
  private readonly singles: EventBody | null;
  private readonly pipes: PipeStories;
  private readonly only: number | null;
  private readonly keeper: GateKeeper | null;
  private events = 0;
  private shutOut = 0;
  private late = 0;
  private latest: Timestamp | null = null;

  constructor(query: CompiledQuery, options: ExplainOptions) {
    const { body } = query.plan;
    this.only = options.only ?? null;
    const plans = body.kind === 'event' ? [body.stage] : distinctStages(body.stages);
    const { context } = createCompileContext(query.source, { ...options, fields: query.fields });
    const aliases = new Set<string>();
    const kept = options.kept ?? 3;
    const { query: written } = query.source.statement;
    const watch = (plan: StagePlan, node: EventQueryNode, runs: number): WatchedStage => {
      const explainer = ConditionExplainer.ofQuery(node, { ...context, aliases: new Set(aliases) });
      if (plan.alias !== null) aliases.add(plan.alias);
      // The one event that is asked about is none of a stage's business for a reason: its category, which is shown.
      const counter = new StageCounter(explainer, node.category !== null && this.only === null, kept);
      return { plan, runs, query: node, explainer, counter };
    };
    this.stages = plans.flatMap((plan) => {
      if (written.kind === 'event-query') return [watch(plan, written, 1)];
      const node = written.stages[plan.stage];
      return node === undefined ? [] : [watch(plan, node.query, node.runs)];
    });
    const { pipes: pipeNodes } = query.source.statement;
    const filters = pipeNodes.map((pipe) => explainFilter(pipe, context));
    // What is explained was compiled anew, so it asks trees of its own.
    this.trackers = new LineageTrackers();
    this.trackers.add([...query.plan.lineage, ...context.lineage], new ProcessTree());
    const { gate = null } = options;
    this.keeper = gate === null ? null : new GateKeeper(gate, query.fields);
    this.view = new EventView(query.fields, this.trackers);
    const untilPlan = body.kind === 'sequence' || body.kind === 'join' ? body.until : null;
    const untilNode = written.kind === 'sequence' || written.kind === 'join' ? written.until : null;
    this.until = untilPlan === null || untilNode === null ? null : watch(untilPlan, untilNode.query, 1);
    const followed = { maxKeys: options.maxKeys ?? 100_000, wanted: options.key ?? null, only: this.only };
    this.pipes = new PipeStories(pipeNodes, query.plan.pipes, filters, this.trackers, { kept, only: this.only });
    this.singles = body.kind === 'event' ? new EventBody(bindAlone(body.stage)) : null;
    this.combination = body.kind === 'join' || body.kind === 'sample' ? new CombinationStories(body, followed) : null;
    this.sequence = body.kind === 'sequence' ? new SequenceStories(body, this.stages, this.until, followed) : null;
  }

  /** The fields that are read, for those who give {@link LazyEvent}s. They do not change any more. */
  get fieldPaths(): readonly FieldPath[] {
    return this.view.fields.paths;
  }

  /** Takes the next event; one that comes before the last is counted by conditions and left out of sequences. */
  observe(event: JsonObject | LazyEvent, timestamp: Timestamp): void {
    const { view } = this;
    view.load(event, timestamp, this.events);
    this.events += 1;
    this.trackers.observe(view);
    if (this.keeper?.admitted(view)[0] === 0) {
      this.shutOut += 1;
      return;
    }
    if (this.only === null || this.only === this.events) this.count(view);
    this.pipes.push(this.run(view, timestamp));
  }

  private run(view: EventView, timestamp: Timestamp): readonly Match[] {
    const other = this.singles ?? this.combination;
    if (other !== null) return other.process(view);
    if (this.sequence === null) return [];
    if (this.latest !== null && compareTimestamps(timestamp, this.latest) < 0) {
      this.late += 1;
      return [];
    }
    this.latest = timestamp;
    return this.sequence.process(view);
  }

  private count(view: EventView): void {
    for (const stage of this.stages) if (!stage.plan.usesAliases) countEvent(stage, view);
    if (this.until?.plan.usesAliases === false) countEvent(this.until, view);
    this.sequence?.examine(view);
  }

  /** The fields of the join key, in the first stage's words. */
  get keyFields(): readonly string[] {
    return this.stages[0]?.plan.keys.map(({ name }) => name) ?? [];
  }

  /** What was found, once all events were seen. */
  finish(): QueryExplanation {
    this.pipes.push((this.combination ?? this.sequence)?.finish() ?? []);
    this.pipes.finish();
    return {
      events: this.events,
      late: this.late,
      shutOut: this.shutOut,
      stages: this.stages.map(explainStage),
      until: this.until === null ? null : explainStage(this.until),
      keyFields: this.keyFields,
      sequence: this.sequence?.explain() ?? null,
      combination: this.combination?.explain() ?? null,
      pipes: this.pipes.explain(),
    };
  }
}

function distinctStages(stages: readonly StagePlan[]): readonly StagePlan[] {
  return stages.filter((stage, index) => stages.findIndex((other) => other.stage === stage.stage) === index);
}
