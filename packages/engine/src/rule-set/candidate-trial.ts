import type { CandidateSink } from './candidate-sink.js';
import type { Candidate, IndexedStage } from './indexed-stage.js';
import type { LookUp } from './requirement-statistics.js';

/** So many candidates are tried before a table is made: for events that hardly occur, or try few, it is not worth it. */
const TRIAL_ATTEMPTS = 1_024;

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
  private attempts = 0;
  private readonly tries = new Map<Candidate, number>();
  private sink: CandidateSink | null = null;

  constructor(private readonly indexed: readonly IndexedCandidate[]) {}

  /** Begins a look-up, in which so many candidates are tried in any case. */
  watch(sink: CandidateSink, triedAnyway: number): this {
    this.sink = sink;
    this.finds += 1;
    this.attempts += triedAnyway;
    return this;
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
    this.attempts += 1;
    this.tries.set(candidate, (this.tries.get(candidate) ?? 0) + 1);
    this.sink?.attempt(candidate);
  }

  /** Whether enough candidates were tried to make a table for them. */
  get isWorthIt(): boolean {
    return this.attempts >= TRIAL_ATTEMPTS;
  }

  get isOver(): boolean {
    return this.finds >= (this.isWorthIt ? LEAST_FINDS : MOST_FINDS);
  }

  outcome(): { readonly frequent: readonly IndexedCandidate[]; readonly rare: readonly IndexedCandidate[] } {
    const isFrequent = ({ candidate }: IndexedCandidate): boolean =>
      (this.tries.get(candidate) ?? 0) >= this.finds * FREQUENT_SHARE;
    return { frequent: this.indexed.filter(isFrequent), rare: this.indexed.filter((one) => !isFrequent(one)) };
  }
}
