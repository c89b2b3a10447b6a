import type { Condition } from './condition-graph.js';

/** A stage's condition as the index holds it; stages with the same condition are one. */
export class IndexedStage {
  /** The queries that it belongs to, by place, in ascending order. */
  readonly queries: number[] = [];
  /** Number of the event for which it was tried last. */
  triedAt = 0;
  /** Number of the event for which it held last. */
  foundAt = 0;

  /** All of these must hold. */
  constructor(readonly conditions: readonly Condition[]) {}
}

/** A stage of which some conditions are decided by the fields that were looked at already. */
export interface OpenStage {
  readonly stage: IndexedStage;
  /** What is left to decide, the cheap ones first. */
  readonly open: readonly Condition[];
}
