import type { Condition } from './condition-graph.js';
import type { PartialOutcome } from './partial-outcome.js';
import type { LookUp, RequirementStatistics } from './requirement-statistics.js';

/** Fields and texts of which an event must hold one for a condition to be true. */
type Requirement = readonly LookUp[];

/** A condition that requires something that can be looked up. */
export interface RequiringCondition {
  readonly condition: Condition;
  readonly requirement: Requirement;
  /** How many events may meet the requirement, on the scale of `LookUp.cost`. */
  readonly cost: number;
}

/** The conditions that require something, the most selective first. */
export function requiringConditions(
  conditions: readonly Condition[],
  outcome: PartialOutcome,
  statistics: RequirementStatistics,
): readonly RequiringCondition[] {
  return conditions
    .flatMap((condition) => {
      const requirement = requirementOf(condition, outcome, statistics);
      if (requirement === null) return [];
      return [{ condition, requirement, cost: requirement.reduce((sum, one) => sum + one.cost, 0) }];
    })
    .sort((a, b) => a.cost - b.cost);
}

function requirementOf(
  condition: Condition,
  outcome: PartialOutcome,
  statistics: RequirementStatistics,
): Requirement | null {
  if (outcome.of(condition) === false) return [];
  switch (condition.kind) {
    case 'leaf':
      return condition.requirement === null ? null : [statistics.lookUpOf(condition.requirement)];
    case 'and':
      return requiringConditions(condition.operands, outcome, statistics)[0]?.requirement ?? null;
    case 'or': {
      const all: LookUp[] = [];
      for (const operand of condition.operands) {
        const requirement = requirementOf(operand, outcome, statistics);
        if (requirement === null) return null;
        for (const one of requirement) all.push(one);
      }
      return all;
    }
    case 'not':
    case 'constant':
      return null;
  }
}
