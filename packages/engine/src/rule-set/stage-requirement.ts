import type { Condition } from './condition-graph.js';
import type { FieldRequirement } from './field-requirement.js';
import type { PartialOutcome } from './partial-outcome.js';
import type { RequirementStatistics } from './requirement-statistics.js';

/** Fields and texts of which an event must hold one for a condition to be true. */
export type Requirement = readonly FieldRequirement[];

/** The requirement of a stage that the fewest events meet; null if its conditions require nothing that can be looked up. */
export function requirementOfStage(
  conditions: readonly Condition[],
  outcome: PartialOutcome,
  statistics: RequirementStatistics,
): Requirement | null {
  let best: Requirement | null = null;
  let lowest = Infinity;
  for (const condition of conditions) {
    const requirement = requirementOf(condition, outcome, statistics);
    if (requirement === null) continue;
    const cost = requirement.reduce((sum, one) => sum + statistics.costOf(one), 0);
    if (cost >= lowest) continue;
    best = requirement;
    lowest = cost;
  }
  return best;
}

function requirementOf(
  condition: Condition,
  outcome: PartialOutcome,
  statistics: RequirementStatistics,
): Requirement | null {
  if (outcome.of(condition) === false) return [];
  switch (condition.kind) {
    case 'leaf':
      return condition.requirement === null ? null : [condition.requirement];
    case 'and':
      return requirementOfStage(condition.operands, outcome, statistics);
    case 'or': {
      const all: FieldRequirement[] = [];
      for (const operand of condition.operands) {
        const requirement = requirementOf(operand, outcome, statistics);
        if (requirement === null) return null;
        all.push(...requirement);
      }
      return all;
    }
    case 'not':
    case 'constant':
      return null;
  }
}
