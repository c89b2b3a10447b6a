import type { Candidate, IndexedStage } from './indexed-stage.js';

/** Takes the stages that an event may concern. */
export interface CandidateSink {
  /** Whether it asks the conditions that a survey leaves open. */
  readonly asksLate: boolean;
  /** Whether a stage is looked for at all. */
  wants(stage: IndexedStage): boolean;
  /** A stage whose conditions all hold. */
  accept(stage: IndexedStage): void;
  /** A stage of which conditions are open. */
  attempt(candidate: Candidate): void;
}
