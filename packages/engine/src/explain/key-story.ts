import type { EventRecord } from '../event/event-record.js';
import type { JoinKey } from '../sequence/join-key.js';
import type { SequenceStep } from '../sequence/sequence-observer.js';
import type { ExplainedEvent } from './stage-tally.js';

/** Most steps that are kept for one key. */
const MAX_STEPS = 200;

/** An event of the key that came while the next stage was awaited, and did not fit. */
export interface NearCandidate extends ExplainedEvent {
  /** The stage that it missed, from zero among those that an event must take. */
  readonly stage: number;
}

/** What happened under one join key. */
export class KeyStory {
  /** The stage that was reached at best, from zero; -1 if none was. */
  furthest = -1;
  /** The events of the sequence that reached it, the first one to do so. */
  events: readonly EventRecord[] = [];
  completed = 0;
  /** Steps that were not kept. */
  droppedSteps = 0;
  /** The event that missed the stage behind `furthest` by the fewest conditions. */
  nearest: NearCandidate | null = null;
  /** The latest sequence under way, for events that would have been next. */
  current: readonly EventRecord[] = [];
  private readonly kept: SequenceStep[] = [];

  constructor(readonly key: JoinKey) {}

  /** The steps in order, the first {@link MAX_STEPS} of them. */
  get steps(): readonly SequenceStep[] {
    return this.kept;
  }

  /** Takes the next step. */
  note(step: SequenceStep): void {
    if (this.kept.length < MAX_STEPS) this.kept.push(step);
    else this.droppedSteps += 1;
    switch (step.kind) {
      case 'began':
        this.reach(0, [step.record]);
        return;
      case 'advanced':
        this.reach(step.stage, [...this.current.slice(0, step.stage), step.record]);
        return;
      case 'completed':
        this.completed += 1;
        return;
      case 'expired':
      case 'cut':
        this.current = [];
        return;
      case 'overwritten':
      case 'unawaited':
      case 'waiting':
      case 'refused':
        return;
    }
  }

  private reach(stage: number, events: readonly EventRecord[]): void {
    this.current = events;
    if (stage <= this.furthest) return;
    this.furthest = stage;
    this.events = events;
    this.nearest = null;
  }

  /** Takes an event that missed a stage. */
  noteNear(candidate: NearCandidate): void {
    if (candidate.stage !== this.furthest + 1) return;
    if (this.nearest === null || candidate.failed < this.nearest.failed) this.nearest = candidate;
  }
}
