import type { Match } from '../match.js';
import { JoinMachine } from '../join/join-machine.js';
import type { QueryBody } from '../plan/query-body.js';
import type { JoinPlan, SamplePlan } from '../plan/query-plan.js';
import type { EventView } from '../event/event-view.js';
import { SampleMachine } from '../sample/sample-machine.js';
import { SamplesByKey } from '../sample/samples-by-key.js';
import type { CombinationStep } from '../sequence/combination-observer.js';
import type { JoinKey } from '../sequence/join-key.js';
import { bindAlone } from '../sequence/stage-test.js';
import { FollowedStories, type FollowedKeys } from './followed-stories.js';

/** What a join or sample gathered under one join key. */
export class KeyGathering {
  completed = 0;
  /** How often `until` cleared what was gathered. */
  cut = 0;
  /** How many events fitted each stage. */
  readonly seen: number[];
  /** The same since the last match or `until` of a join. */
  private sinceLast: number[];

  constructor(
    readonly key: JoinKey,
    stages: number,
  ) {
    this.seen = Array.from({ length: stages }, () => 0);
    this.sinceLast = [...this.seen];
  }

  /** Takes the next step. */
  note(step: CombinationStep): void {
    switch (step.kind) {
      case 'gathered':
        this.seen[step.stage] = (this.seen[step.stage] ?? 0) + 1;
        this.sinceLast[step.stage] = (this.sinceLast[step.stage] ?? 0) + 1;
        return;
      case 'completed':
        this.completed += 1;
        this.sinceLast = this.seen.map(() => 0);
        return;
      case 'cut':
        this.cut += 1;
        this.sinceLast = this.seen.map(() => 0);
        return;
    }
  }

  /** The stages that lack an event, counted from zero; of a join that began anew, those that it lacks since. */
  get lacking(): readonly number[] {
    const counts = this.sinceLast.every((count) => count === 0) ? this.seen : this.sinceLast;
    return counts.flatMap((count, stage) => (count === 0 ? [stage] : []));
  }
}

/** What happened under the join keys of a join or sample. */
export interface ExplainedCombination {
  readonly kind: 'join' | 'sample';
  /** Those without a match first, those with events of the most stages before others. */
  readonly gatherings: readonly KeyGathering[];
  /** Matches under any key, followed or not. */
  readonly completed: number;
  /** Join keys that were not followed, because there were too many; counted up to 100,000. */
  readonly unfollowedKeys: number;
}

/** Runs a join or sample and counts what it gathers under each join key. */
export class CombinationStories {
  private readonly body: QueryBody;
  private readonly kind: 'join' | 'sample';
  private readonly stories: FollowedStories<KeyGathering>;
  private completed = 0;

  constructor(plan: JoinPlan | SamplePlan, followed: FollowedKeys) {
    this.kind = plan.kind;
    this.stories = new FollowedStories(followed, (key) => new KeyGathering(key, plan.stages.length));
    const note = (key: JoinKey, step: CombinationStep): void => {
      if (step.kind === 'completed') this.completed += 1;
      this.stories.of(key)?.note(step);
      if ('event' in step) this.stories.touch(key, step.event);
    };
    if (plan.kind === 'join') this.body = new JoinMachine(plan, bindAlone, note);
    else {
      const machine = new SampleMachine(plan, bindAlone, note);
      this.body = plan.ordered ? new SamplesByKey(machine) : machine;
    }
  }

  /** Takes the next event. */
  process(view: EventView): readonly Match[] {
    return this.body.process(view);
  }

  /** Says that there are no more events. */
  finish(): readonly Match[] {
    return this.body.finish();
  }

  /** What happened so far. */
  explain(): ExplainedCombination {
    const gatherings = this.stories.shown(() => false);
    const { only, unfollowedKeys } = this.stories;
    return {
      kind: this.kind,
      gatherings: gatherings.sort((a, b) => a.completed - b.completed || a.lacking.length - b.lacking.length),
      completed: only === null ? this.completed : gatherings.reduce((sum, { completed }) => sum + completed, 0),
      unfollowedKeys,
    };
  }
}
