import type { Condition } from './condition-graph.js';

/** A stage of one query. */
export interface StageUse {
  readonly query: number;
  /** Whether the query looks for it. */
  armed: boolean;
}

/** A stage's condition as the index holds it; stages with the same condition are one. */
export class IndexedStage {
  readonly uses: StageUse[] = [];
  /** How many of its uses are armed. */
  armed = 0;
  /** Number of the event for which it was tried last. */
  triedAt = 0;
  /** Number of the event for which all but the open conditions held last. */
  metAt = 0;
  /** Number of the event for which it held last. */
  foundAt = 0;

  constructor(
    /** Its place among the stages of its index. */
    readonly number: number,
    /** All of these must hold. */
    readonly conditions: readonly Condition[],
    /** These, too; they are asked last, and left open by a survey. */
    readonly open: readonly Condition[],
  ) {}

  /** Adds a use, which is armed. */
  addUse(query: number): StageUse {
    const use: StageUse = { query, armed: true };
    this.uses.push(use);
    this.armed += 1;
    return use;
  }

  arm(use: StageUse, armed: boolean): void {
    if (use.armed === armed) return;
    use.armed = armed;
    this.armed += armed ? 1 : -1;
  }
}

/** A stage of which some conditions are decided by the fields that were looked at already. */
export interface OpenStage {
  readonly stage: IndexedStage;
  /** What is left to decide. */
  readonly open: readonly Condition[];
}

/** A stage to be tried. */
export interface Candidate extends OpenStage {
  /** Conditions to be asked last, and left open by a survey. */
  readonly late: readonly Condition[];
}
