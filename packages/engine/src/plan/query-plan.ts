import type { EvaluationProblem } from '../functions/evaluation-problem.js';
import type { LineagePlan } from '../lineage/lineage-plan.js';
import type { Predicate } from '../predicate/predicate.js';
import type { KeyComponent } from '../sequence/join-key.js';
import type { PipePlan, SizeTally } from '../pipes/pipe-plan.js';

/** One bracketed query, ready to be asked. */
export interface StagePlan {
  /** Zero-based position among the bracketed queries as written. */
  readonly stage: number;
  /** Null for `any`. */
  readonly category: string | null;
  readonly predicate: Predicate;
  readonly keys: readonly KeyComponent[];
  /** Takes part by staying away. */
  readonly missing: boolean;
  readonly fork: boolean;
  readonly alias: string | null;
  /** Whether the condition speaks of events of earlier stages, so that it depends on the pending sequence. */
  readonly usesAliases: boolean;
}

/** `category where condition`. */
interface EventPlan {
  readonly kind: 'event';
  readonly stage: StagePlan;
}

/** A sequence with its runs written out. */
export interface SequencePlan {
  readonly kind: 'sequence';
  /** Every stage in order, a stage with runs several times. */
  readonly stages: readonly StagePlan[];
  readonly until: StagePlan | null;
  readonly maxspanMs: number | null;
  /** `until` is looked at before the stages. */
  readonly untilFirst: boolean;
  readonly countProblem: (problem: EvaluationProblem) => void;
}

/** Stages in any order, all with the same key. */
export interface JoinPlan {
  readonly kind: 'join';
  readonly stages: readonly StagePlan[];
  readonly until: StagePlan | null;
  readonly countProblem: (problem: EvaluationProblem) => void;
}

/** Stages in any order and at any distance in time, each with another event of one key. */
export interface SamplePlan {
  readonly kind: 'sample';
  readonly stages: readonly StagePlan[];
  readonly maxSamplesPerKey: number;
  readonly countProblem: (problem: EvaluationProblem) => void;
  /** Samples are given at the end, by join key. */
  readonly ordered: boolean;
}

/** What a query compiles to before its pipes. */
export type BodyPlan = EventPlan | SequencePlan | JoinPlan | SamplePlan;

/** What a query compiles to; it holds no state. */
export interface QueryPlan {
  readonly body: BodyPlan;
  readonly pipes: readonly PipePlan[];
  /** Counts what `size` cuts; null for a query without a size. */
  readonly size: SizeTally | null;
  readonly lineage: readonly LineagePlan[];
  /** How often each problem kept an expression from its value, for as long as the plan is in use. */
  readonly problems: ReadonlyMap<EvaluationProblem, number>;
}
