import type { EventRecord } from '../event/event-record.js';
import type { EventView } from '../event/event-view.js';
import type { Match } from '../match.js';
import type { SequencePlan } from '../plan/query-plan.js';
import { keysOfEvent, type JoinKey } from '../sequence/join-key.js';
import { SequenceMachine } from '../sequence/sequence-machine.js';
import type { SequenceStep } from '../sequence/sequence-observer.js';
import { layOutStages } from '../sequence/stage-layout.js';
import { bindAlone } from '../sequence/stage-test.js';
import { FollowedStories, type FollowedKeys } from './followed-stories.js';
import { KeyStory, type StepBudget } from './key-story.js';
import { explainEvent, isNearer } from './stage-tally.js';
import { countEvent, missOfStage, type WatchedStage } from './watched-stage.js';

/** A stage that an event must take: a bracketed query with runs is several of them. */
export interface StagePlace {
  /** Place of the bracketed query among all as written, from zero. */
  readonly stage: number;
  /** Which of its runs it is, from zero, and of how many. */
  readonly run: number;
  readonly runs: number;
}

/** What happened under the join keys of a sequence. */
export interface ExplainedSequence {
  /** The stages that an event must take, in order. */
  readonly places: readonly StagePlace[];
  /** For each gap, see `SequenceStep`, the places of its `![…]` among all bracketed queries. */
  readonly gaps: readonly (readonly number[])[];
  readonly maxspanMs: number | null;
  /** Those without a match first, the furthest before others. */
  readonly stories: readonly KeyStory[];
  /** Sequences that were completed under any key, followed or not. */
  readonly completed: number;
  /** Join keys that were not followed, because there were too many; counted up to 100,000. */
  readonly unfollowedKeys: number;
}

/** Runs the sequence of a query and follows what happens under each join key. */
export class SequenceStories {
  private readonly machine: SequenceMachine;
  /** The stages that an event must take. */
  private readonly taken: readonly WatchedStage[];
  private readonly places: readonly StagePlace[];
  private readonly gaps: readonly (readonly number[])[];
  private readonly stories: FollowedStories<KeyStory>;
  private completed = 0;

  constructor(
    private readonly plan: SequencePlan,
    stages: readonly WatchedStage[],
    private readonly until: WatchedStage | null,
    followed: FollowedKeys,
  ) {
    const budget: StepBudget = { kept: 0 };
    this.stories = new FollowedStories(followed, (key) => new KeyStory(key, budget));
    const { positives, gaps } = layOutStages(plan, bindAlone);
    this.taken = positives.flatMap((bound) => stages.find((stage) => stage.plan.stage === bound.plan.stage) ?? []);
    this.places = this.taken.map(({ plan: { stage }, runs }, place) => ({
      stage,
      run: place - this.taken.findIndex((other) => other.plan.stage === stage),
      runs,
    }));
    this.gaps = gaps.map((gap) => gap.map((bound) => bound.plan.stage));
    this.machine = new SequenceMachine(plan, bindAlone, (key, step) => {
      this.note(key, step);
    });
  }

  /** Looks at an event before it is processed: which sequences it could have taken further. */
  examine(view: EventView): void {
    this.taken.forEach((stage, place) => {
      if (place > 0) this.examineStage(stage, place, view);
    });
    const { until } = this;
    if (until?.plan.usesAliases !== true) return;
    for (const key of keysOfEvent(until.plan.keys, view).keys) {
      this.taken.forEach((_, place) => {
        this.whileBound(key, place, view, () => {
          countEvent(until, view);
        });
      });
    }
  }

  private examineStage(stage: WatchedStage, place: number, view: EventView): void {
    for (const key of keysOfEvent(stage.plan.keys, view).keys) {
      const story = this.stories.find(key);
      const next = story?.furthest === place - 1 ? story : null;
      if (next === null && !stage.plan.usesAliases) continue;
      this.whileBound(key, place - 1, view, () => {
        if (stage.plan.usesAliases) countEvent(stage, view);
        const miss = next === null ? null : missOfStage(stage, view);
        // A tree is drawn only for what will be shown: there may be a candidate for each event.
        if (next === null || miss === null || (next.nearest !== null && !isNearer(miss, next.nearest))) return;
        next.nearest = { stage: place, ...explainEvent(stage.explainer, view, miss) };
      });
    }
  }

  /** Runs an action with the events of the key's sequence that has reached a stage, if there is one. */
  private whileBound(key: JoinKey, place: number, view: EventView, action: () => void): void {
    const records = this.machine.eventsOfPending(key.id, place, view.timestamp);
    if (records !== null) view.withBindings(this.bindingsOf(records), action);
  }

  private bindingsOf(records: readonly EventRecord[]): ReadonlyMap<string, EventRecord> {
    const bindings = new Map<string, EventRecord>();
    records.forEach((record, place) => {
      const alias = this.taken[place]?.plan.alias;
      if (alias !== null && alias !== undefined) bindings.set(alias, record);
    });
    return bindings;
  }

  /** Takes the next event in order of time. */
  process(view: EventView): readonly Match[] {
    return this.machine.process(view);
  }

  /** Says that there are no more events. */
  finish(): readonly Match[] {
    return this.machine.finish();
  }

  /** What happened so far. */
  explain(): ExplainedSequence {
    const { only, unfollowedKeys } = this.stories;
    const stories = this.stories.shown(({ nearest }) => nearest !== null);
    return {
      places: this.places,
      gaps: this.gaps,
      maxspanMs: this.plan.maxspanMs,
      stories: stories.sort((a, b) => a.completed - b.completed || b.furthest - a.furthest),
      completed: only === null ? this.completed : stories.reduce((sum, story) => sum + story.completed, 0),
      unfollowedKeys,
    };
  }

  private note(key: JoinKey, step: SequenceStep): void {
    if (step.kind === 'completed') this.completed += 1;
    this.stories.of(key)?.note(step);
    if ('event' in step) this.stories.touch(key, step.event);
  }
}
