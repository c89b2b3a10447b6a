import type { CheckedQuery, Diagnostic, EventQueryNode } from '@eqlkit/language';
import { hasErrors } from '@eqlkit/language';
import type { EventRecord } from '../event/event-record.js';
import { EventView } from '../event/event-view.js';
import { LineageTrackers } from '../lineage/lineage-tracker.js';
import { ProcessTree } from '../lineage/process-tree.js';
import { compileQuery, createCompileContext, type CompiledQuery, type CompileOptions } from '../plan/compile-query.js';
import type { StagePlan } from '../plan/query-plan.js';
import { keysOfEvent, type JoinKey } from '../sequence/join-key.js';
import type { SequenceStep } from '../sequence/sequence-observer.js';
import { SequenceMachine } from '../sequence/sequence-machine.js';
import { layOutStages } from '../sequence/stage-layout.js';
import { bindAlone } from '../sequence/stage-test.js';
import { GateKeeper, type QueryGate } from '../rule-set/query-gate.js';
import { compareTimestamps, type Timestamp } from '../time/timestamp.js';
import type { JsonObject, Value } from '../values/value.js';
import { ConditionExplainer } from './condition-explainer.js';
import { KeyStory } from './key-story.js';
import { StageCounter, type StageTally } from './stage-tally.js';

/** Most join keys that are counted without being followed. */
const MAX_COUNTED_KEYS = 100_000;

/** What one bracketed query, or the whole event query, made of the events. */
export interface ExplainedStage {
  readonly query: EventQueryNode;
  readonly missing: boolean;
  readonly runs: number;
  readonly tally: StageTally;
}

/** Why a query matched, or why it did not. */
export interface QueryExplanation {
  readonly events: number;
  /** How many of them the gate kept from the query. */
  readonly shutOut: number;
  /** The stages as written; one for an event query. */
  readonly stages: readonly ExplainedStage[];
  readonly until: ExplainedStage | null;
  /**
   * For a sequence: what happened under each join key; those without a match first, the furthest before others. Empty
   * otherwise.
   */
  readonly keys: readonly KeyStory[];
  /** The fields of the join key, in the first stage's words. */
  readonly keyFields: readonly string[];
  /** For each stage that an event must take, its place in `stages`. */
  readonly positives: readonly number[];
  /** Join keys that were not followed, because there were too many; counted up to 100,000. */
  readonly unfollowedKeys: number;
}

/** How a query is explained, beyond how it is compiled. */
export interface ExplainOptions extends CompileOptions {
  /** Most matching and near events that are kept for each stage. Default: 3. */
  readonly kept?: number;
  /** Most join keys that are followed. Default: 10,000. */
  readonly maxKeys?: number;
  /**
   * The one event that is explained, counted from 1: stages tell of it alone, and stories are those of the keys under which
   * it did something. The sequence sees all events all the same. Default: all are.
   */
  readonly only?: number | undefined;
  /** Decides which events the query sees; it is asked about one query. Default: all. */
  readonly gate?: QueryGate | null | undefined;
}

/** The outcome of {@link createQueryExplainer}. */
export interface QueryExplainerResult {
  /** Null if the query does not compile. */
  readonly explainer: QueryExplainer | null;
  /** What the explainer runs, as for an {@link EventCoverage}; null with it. */
  readonly query: CompiledQuery | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes an explainer for a checked query. */
export function createQueryExplainer(source: CheckedQuery, options: ExplainOptions = {}): QueryExplainerResult {
  const { query, diagnostics } = compileQuery(source, options);
  if (query === null || hasErrors(diagnostics)) return { explainer: null, query: null, diagnostics };
  return { explainer: new QueryExplainer(query, options), query, diagnostics };
}

interface WatchedStage {
  readonly plan: StagePlan;
  readonly runs: number;
  readonly query: EventQueryNode;
  readonly explainer: ConditionExplainer;
  readonly counter: StageCounter;
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
  private readonly machine: SequenceMachine | null;
  private readonly positives: readonly number[];
  private readonly stories = new Map<string, KeyStory>();
  private readonly unfollowed = new Set<string>();
  private readonly maxKeys: number;
  private readonly only: number | null;
  /** Keys under which the one event that is explained did something. */
  private readonly keysOfOnly = new Set<string>();
  private readonly keeper: GateKeeper | null;
  private events = 0;
  private shutOut = 0;
  private latest: Timestamp | null = null;

  constructor(query: CompiledQuery, options: ExplainOptions) {
    const { body } = query.plan;
    this.maxKeys = options.maxKeys ?? 10_000;
    this.only = options.only ?? null;
    const plans = body.kind === 'event' ? [body.stage] : distinctStages(body.stages);
    const { context } = createCompileContext(query.source, { ...options, fields: query.fields });
    const aliases = new Set<string>();
    const kept = options.kept ?? 3;
    const { query: written } = query.source.statement;
    const watch = (plan: StagePlan, node: EventQueryNode, runs: number): WatchedStage => {
      const explainer = new ConditionExplainer(node, { ...context, aliases: new Set(aliases) });
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
    // What is explained was compiled anew, so it asks trees of its own.
    this.trackers = new LineageTrackers();
    this.trackers.add([...query.plan.lineage, ...context.lineage], new ProcessTree());
    const { gate = null } = options;
    this.keeper = gate === null ? null : new GateKeeper(gate, query.fields);
    this.view = new EventView(query.fields, this.trackers);
    const untilPlan = body.kind === 'sequence' || body.kind === 'join' ? body.until : null;
    const untilNode = written.kind === 'sequence' || written.kind === 'join' ? written.until : null;
    this.until = untilPlan === null || untilNode === null ? null : watch(untilPlan, untilNode.query, 1);
    this.positives =
      body.kind === 'sequence' ? layOutStages(body, bindAlone).positives.map(({ plan }) => plan.stage) : [];
    this.machine =
      body.kind === 'sequence'
        ? new SequenceMachine(body, bindAlone, (key, step) => {
            this.note(key, step);
          })
        : null;
  }

  /** Takes the next event; one that comes before the last is counted by conditions and left out of sequences. */
  observe(event: JsonObject, timestamp: Timestamp): void {
    const { view } = this;
    view.load(event, timestamp, this.events);
    this.events += 1;
    this.trackers.observe(view);
    if (this.keeper?.admitted(view)[0] === 0) {
      this.shutOut += 1;
      return;
    }
    if (this.only === null || this.only === this.events) this.count(view);
    const late = this.latest !== null && compareTimestamps(timestamp, this.latest) < 0;
    if (!late) this.latest = timestamp;
    if (!late) this.machine?.process(view);
  }

  private count(view: EventView): void {
    for (const stage of [...this.stages, ...(this.until === null ? [] : [this.until])]) {
      if (!stage.plan.usesAliases) stage.counter.observe(view);
    }
    this.noteCandidates(view);
  }

  private note(key: JoinKey, step: SequenceStep): void {
    this.storyOf(key)?.note(step);
    const record = 'record' in step ? step.record : 'by' in step ? step.by : null;
    if (this.only !== null && record?.arrival === this.only - 1) this.keysOfOnly.add(key.id);
  }

  /** The fields of the join key, in the first stage's words. */
  get keyFields(): readonly string[] {
    return this.stages[0]?.plan.keys.map(({ name }) => name) ?? [];
  }

  /** What was found, once all events were seen. */
  finish(): QueryExplanation {
    this.machine?.finish();
    const stories = [...this.stories.values()].filter(
      ({ key, nearest }) => this.only === null || this.keysOfOnly.has(key.id) || nearest !== null,
    );
    const keys = stories.sort((a, b) => a.completed - b.completed || b.furthest - a.furthest);
    return {
      events: this.events,
      shutOut: this.shutOut,
      stages: this.stages.map(explainStage),
      until: this.until === null ? null : explainStage(this.until),
      keys,
      keyFields: this.keyFields,
      positives: this.positives,
      unfollowedKeys: this.unfollowed.size,
    };
  }

  /** Looks for events that came under a key whose next stage they miss. */
  private noteCandidates(view: EventView): void {
    if (this.machine === null) return;
    this.positives.forEach((written, place) => {
      const stage = this.stages.find(({ plan }) => plan.stage === written);
      if (place === 0 || stage === undefined) return;
      for (const key of keysOfEvent(stage.plan.keys, view).keys) {
        const story = this.stories.get(key.id);
        if (story?.furthest !== place - 1 || story.current.length < place) continue;
        view.withBindings(this.bindingsOf(story.current), () => {
          if (stage.plan.usesAliases) stage.counter.observe(view);
          const failed = this.failedConjuncts(stage, view);
          if (failed === 0 || (stage.query.category !== null && stage.explainer.testConjuncts(view)[0] === false))
            return;
          story.noteNear({ stage: place, record: view.record(), condition: stage.explainer.explain(view), failed });
        });
      }
    });
  }

  private failedConjuncts(stage: WatchedStage, view: EventView): number {
    return stage.explainer.testConjuncts(view).filter((holds) => !holds).length;
  }

  private bindingsOf(records: readonly EventRecord[]): ReadonlyMap<string, EventRecord> {
    const bindings = new Map<string, EventRecord>();
    records.forEach((record, place) => {
      const alias = this.stages.find(({ plan }) => plan.stage === this.positives[place])?.plan.alias;
      if (alias !== null && alias !== undefined) bindings.set(alias, record);
    });
    return bindings;
  }

  private storyOf(key: JoinKey): KeyStory | null {
    const known = this.stories.get(key.id);
    if (known !== undefined) return known;
    if (this.stories.size >= this.maxKeys) {
      if (this.unfollowed.size < MAX_COUNTED_KEYS) this.unfollowed.add(key.id);
      return null;
    }
    const story = new KeyStory(key);
    this.stories.set(key.id, story);
    return story;
  }
}

/** Whether a key has these values, compared as text. */
export function hasKeyValues(key: readonly Value[], wanted: readonly string[]): boolean {
  return key.length === wanted.length && key.every((value, place) => String(value) === wanted[place]);
}

function distinctStages(stages: readonly StagePlan[]): readonly StagePlan[] {
  return stages.filter((stage, index) => stages.findIndex((other) => other.stage === stage.stage) === index);
}

function explainStage({ plan, runs, query, counter }: WatchedStage): ExplainedStage {
  return { query, missing: plan.missing, runs, tally: counter.tally };
}
