import type { SequencePlan, StagePlan } from '../plan/query-plan.js';

/** The stages of a sequence, sorted by the part they play. */
export interface StageLayout {
  /** The stages that an event must take, in order. */
  readonly positives: readonly StagePlan[];
  /**
   * The `![…]` stages before each positive stage: `gaps[0]` is before the first, `gaps[positives.length]` behind the
   * last. Stages that only repeat another of the same gap are left out.
   */
  readonly gaps: readonly (readonly StagePlan[])[];
  /** For each stage as listed in the plan, its place among the positive ones, or -1. */
  readonly places: readonly number[];
}

/** Sorts the stages of a sequence. */
export function layOutStages(plan: SequencePlan): StageLayout {
  const positives: StagePlan[] = [];
  const gaps: StagePlan[][] = [[]];
  const places: number[] = [];
  for (const stage of plan.stages) {
    if (stage.missing) {
      const gap = gaps.at(-1);
      if (gap?.some((other) => other.stage === stage.stage) === false) gap.push(stage);
      places.push(-1);
    } else {
      places.push(positives.length);
      positives.push(stage);
      gaps.push([]);
    }
  }
  return { positives, gaps, places };
}
