import type { CandidateSink } from './candidate-sink.js';
import type { Candidate } from './indexed-stage.js';
import type { LookUp } from './requirement-statistics.js';

/** So many look-ups show which candidates are tried often. A table is not worth it for events that hardly occur. */
const TRIAL_FINDS = 256;

/** Candidates that are tried in at least this share of look-ups are in the table, as if no index excluded them. */
const FREQUENT_SHARE = 1 / 12;

/** A candidate and what it is found by. */
export interface IndexedCandidate {
  readonly candidate: Candidate;
  readonly requirement: readonly LookUp[];
}

/** Watches which candidates an index finds often. */
export class CandidateTrial {
  private finds = 0;
  private readonly tries = new Map<Candidate, number>();

  constructor(private readonly indexed: readonly IndexedCandidate[]) {}

  /** A sink that counts, for one look-up. */
  watch(sink: CandidateSink): CandidateSink {
    this.finds += 1;
    return {
      asksLate: sink.asksLate,
      wants: (stage) => sink.wants(stage),
      accept: (stage) => {
        sink.accept(stage);
      },
      attempt: (candidate) => {
        this.tries.set(candidate, (this.tries.get(candidate) ?? 0) + 1);
        sink.attempt(candidate);
      },
    };
  }

  get isOver(): boolean {
    return this.finds >= TRIAL_FINDS;
  }

  outcome(): { readonly frequent: readonly IndexedCandidate[]; readonly rare: readonly IndexedCandidate[] } {
    const isFrequent = ({ candidate }: IndexedCandidate): boolean =>
      (this.tries.get(candidate) ?? 0) >= this.finds * FREQUENT_SHARE;
    return { frequent: this.indexed.filter(isFrequent), rare: this.indexed.filter((one) => !isFrequent(one)) };
  }
}
