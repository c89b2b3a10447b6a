import type { Condition } from './condition-graph.js';
import type { PartialOutcome } from './partial-outcome.js';
import type { LookUp, RequirementStatistics } from './requirement-statistics.js';
import { SoughtValues } from './sought-values.js';

/** A condition that requires something that can be looked up. */
export interface RequiringCondition {
  readonly condition: Condition;
  /** Fields and texts of which an event must hold one for the condition to be true. */
  readonly requirement: readonly LookUp[];
  /** How many events may meet the requirement, on the scale of `LookUp.cost`. */
  readonly cost: number;
}

/** Finds what conditions require. */
export class StageRequirements {
  /** What conditions require while none of their fields is known. */
  private readonly whenOpen = new Map<Condition, RequiringCondition | null>();

  constructor(private readonly statistics: RequirementStatistics) {}

  /** The conditions that require something, the most selective first. */
  of(conditions: readonly Condition[], outcome: PartialOutcome): readonly RequiringCondition[] {
    const requiring: RequiringCondition[] = [];
    for (const condition of conditions) {
      const one = this.ofCondition(condition, outcome);
      if (one !== null) requiring.push(one);
    }
    return requiring.sort((a, b) => a.cost - b.cost);
  }

  /** The values for which some of several conditions on one field may be true; null if that may be any. */
  soughtBy(leaves: readonly Condition[]): SoughtValues | null {
    const lookUps: LookUp[] = [];
    for (const { requirement } of leaves) {
      if (requirement === null) return null;
      lookUps.push(this.statistics.lookUpOf(requirement));
    }
    return new SoughtValues(lookUps);
  }

  private ofCondition(condition: Condition, outcome: PartialOutcome): RequiringCondition | null {
    if (outcome.concerns(condition)) return this.find(condition, outcome);
    let known = this.whenOpen.get(condition);
    if (known === undefined) {
      known = this.find(condition, outcome);
      this.whenOpen.set(condition, known);
    }
    return known;
  }

  private find(condition: Condition, outcome: PartialOutcome): RequiringCondition | null {
    const known = outcome.of(condition);
    if (known === false) return { condition, requirement: [], cost: 0 };
    switch (condition.kind) {
      case 'leaf': {
        // What is known to hold leads to each event again.
        if (condition.requirement === null || known === true) return null;
        const lookUp = this.statistics.lookUpOf(condition.requirement);
        return { condition, requirement: [lookUp], cost: lookUp.cost };
      }
      case 'and': {
        const [first] = this.of(condition.operands, outcome);
        return first === undefined ? null : { ...first, condition };
      }
      case 'or': {
        const requirement: LookUp[] = [];
        let cost = 0;
        for (const operand of condition.operands) {
          const one = this.ofCondition(operand, outcome);
          if (one === null) return null;
          for (const lookUp of one.requirement) requirement.push(lookUp);
          cost += one.cost;
        }
        return { condition, requirement, cost };
      }
      case 'not':
      case 'constant':
        return null;
    }
  }
}
