import type { JoinKey } from '../sequence/join-key.js';
import type { SequenceStep } from '../sequence/sequence-observer.js';
import type { ExplainedEvent } from './stage-tally.js';

/** Most steps that are kept for one key, as long as those of all keys are not too many. */
const MAX_STEPS = 200;
/** Most steps that are kept for all keys; then each further key keeps {@link LEAST_STEPS}. */
const MAX_STEPS_OF_ALL = 500_000;
const LEAST_STEPS = 10;

/** Counts the steps that all stories keep. */
export interface StepBudget {
  kept: number;
}

/** An event of the key that came while the next stage was awaited, and did not fit. */
export interface NearCandidate extends ExplainedEvent {
  /** The stage that it missed, from zero among those that an event must take. */
  readonly stage: number;
}

/** What happened under one join key. */
export class KeyStory {
  /** The stage that was reached at best, from zero; -1 if none was. */
  furthest = -1;
  completed = 0;
  /** Steps that were not kept. */
  droppedSteps = 0;
  /** The event that came nearest to the stage behind `furthest`. */
  nearest: NearCandidate | null = null;
  private readonly kept: SequenceStep[] = [];

  constructor(
    readonly key: JoinKey,
    private readonly budget: StepBudget,
  ) {}

  /** The steps in order, the first {@link MAX_STEPS} of them, and always those that tell how it ended. */
  get steps(): readonly SequenceStep[] {
    return this.kept;
  }

  /** Takes the next step. */
  note(step: SequenceStep): void {
    this.forgetUnawaited(step);
    this.keep(step);
    switch (step.kind) {
      case 'began':
        this.reach(0);
        return;
      case 'advanced':
        this.reach(step.stage);
        return;
      case 'completed':
        this.completed += 1;
        return;
      case 'expired':
      case 'cut':
      case 'overwritten':
      case 'spoiled':
      case 'unawaited':
      case 'waiting':
      case 'refused':
      case 'pending':
        return;
    }
  }

  /** Of an event that takes one stage it is idle to say that it fits another one, too, where nothing waited for it. */
  private forgetUnawaited(step: SequenceStep): void {
    if (step.kind !== 'began' && step.kind !== 'advanced') return;
    for (let last = this.kept.at(-1); last?.kind === 'unawaited'; last = this.kept.at(-1)) {
      if (last.event.arrival !== step.event.arrival) return;
      this.kept.pop();
      this.budget.kept -= 1;
    }
  }

  private keep(step: SequenceStep): void {
    const { kept, budget } = this;
    const most = budget.kept < MAX_STEPS_OF_ALL ? MAX_STEPS : LEAST_STEPS;
    // There are few that are pending when the events end, and they tell where the story stands.
    if (kept.length >= most && step.kind !== 'pending') {
      this.droppedSteps += 1;
      return;
    }
    kept.push(step);
    budget.kept += 1;
  }

  private reach(stage: number): void {
    if (stage <= this.furthest) return;
    this.furthest = stage;
    this.nearest = null;
  }
}
