import type { SequencePlan } from '../plan/query-plan.js';
import type { BoundStage, StageBinder } from './stage-test.js';

/** The stages of a sequence, sorted by the part they play. */
export interface StageLayout {
  /** The stages that an event must take, in order. */
  readonly positives: readonly BoundStage[];
  /**
   * The `![…]` stages before each positive stage: `gaps[0]` is before the first, `gaps[positives.length]` behind the
   * last. Stages that only repeat another of the same gap are left out.
   */
  readonly gaps: readonly (readonly BoundStage[])[];
  /** For each stage as listed in the plan, its place among the positive ones, or -1. */
  readonly places: readonly number[];
}

/** Sorts the stages of a sequence. */
export function layOutStages(plan: SequencePlan, bind: StageBinder): StageLayout {
  const positives: BoundStage[] = [];
  const gaps: BoundStage[][] = [[]];
  const places: number[] = [];
  for (const stage of plan.stages) {
    if (stage.missing) {
      const gap = gaps.at(-1);
      if (gap?.some((other) => other.plan.stage === stage.stage) === false) gap.push(bind(stage));
      places.push(-1);
    } else {
      places.push(positives.length);
      positives.push(bind(stage));
      gaps.push([]);
    }
  }
  return { positives, gaps, places };
}
