import type { CandidateSink } from './candidate-sink.js';
import type { Candidate, IndexedStage } from './indexed-stage.js';
import type { LookUp } from './requirement-statistics.js';

/** So many conditions are decided before a table is made: for events that hardly occur it is not worth it. */
const TRIAL_DECISIONS = 2_048;

/** At least so many look-ups show which candidates are tried often, and it is not watched for more of them than this. */
const LEAST_FINDS = 24;
const MOST_FINDS = 512;

/** Candidates that are tried in at least this share of look-ups are in the table, as if no index excluded them. */
const FREQUENT_SHARE = 1 / 12;

/** A candidate and what it is found by. */
export interface IndexedCandidate {
  readonly candidate: Candidate;
  readonly requirement: readonly LookUp[];
}

/** Stands before the sink of look-ups, and counts which candidates an index finds often. */
export class CandidateTrial implements CandidateSink {
  private finds = 0;
  private decisions = 0;
  private readonly tries = new Map<Candidate, number>();
  private sink: CandidateSink | null = null;

  constructor(private readonly indexed: readonly IndexedCandidate[]) {}

  /** Begins the part of a look-up that uses the index. */
  watch(sink: CandidateSink): this {
    this.sink = sink;
    return this;
  }

  /** Ends a look-up, for which so many conditions had to be decided. */
  count(decisions: number): void {
    this.finds += 1;
    this.decisions += decisions;
  }

  get asksLate(): boolean {
    return this.sink?.asksLate ?? true;
  }

  wants(stage: IndexedStage): boolean {
    return this.sink?.wants(stage) ?? false;
  }

  accept(stage: IndexedStage): void {
    this.sink?.accept(stage);
  }

  attempt(candidate: Candidate): void {
    this.tries.set(candidate, (this.tries.get(candidate) ?? 0) + 1);
    this.sink?.attempt(candidate);
  }

  /** How many conditions a look-up decides; none if there were too few in all. */
  get decisionsPerFind(): number {
    return this.decisions < TRIAL_DECISIONS ? 0 : this.decisions / this.finds;
  }

  get isOver(): boolean {
    return this.finds >= (this.decisions < TRIAL_DECISIONS ? MOST_FINDS : LEAST_FINDS);
  }

  outcome(): { readonly frequent: readonly IndexedCandidate[]; readonly rare: readonly IndexedCandidate[] } {
    const isFrequent = ({ candidate }: IndexedCandidate): boolean =>
      (this.tries.get(candidate) ?? 0) >= this.finds * FREQUENT_SHARE;
    return { frequent: this.indexed.filter(isFrequent), rare: this.indexed.filter((one) => !isFrequent(one)) };
  }
}
