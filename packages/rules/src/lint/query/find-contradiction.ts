import type { FieldKnowledge } from '../fields/field-knowledge.js';
import { areDisjointRanges, areOpposite, mayAdmit, type FieldConstraint } from './field-constraint.js';

/** Two constraints that never hold together; the second one is the later. */
export type Contradiction = readonly [FieldConstraint, FieldConstraint];

/**
 * Finds constraints that no event satisfies together. Conditions on an array choose its values one by one, so that
 * `args == "a" and args == "b"` may well hold: only of a field that is known to have a single value two values are one too
 * many.
 */
export function findContradiction(
  constraints: readonly FieldConstraint[],
  fields: FieldKnowledge,
): Contradiction | null {
  const earlierOf = new Map<string, FieldConstraint[]>();
  for (const later of constraints) {
    const earlier = earlierOf.get(later.field) ?? [];
    const single = earlier.length > 0 && fields.find(later.field)?.array === false;
    const opposed = earlier.find((one) => excludeEachOther(one, later, single));
    if (opposed !== undefined) return [opposed, later];
    earlierOf.set(later.field, [...earlier, later]);
  }
  return null;
}

function excludeEachOther(a: FieldConstraint, b: FieldConstraint, single: boolean): boolean {
  if (areOpposite(a, b) || (single && areDisjointRanges(a, b))) return true;
  return excludes(a, b, single) || excludes(b, a, single);
}

/** Whether every value that one constraint asks for is ruled out by the other. */
function excludes(asking: FieldConstraint, ruling: FieldConstraint, single: boolean): boolean {
  if (asking.negated) return false;
  const rulesOut = single || ruling.negated || ruling.says.kind === 'missing';
  if (!rulesOut) return false;
  // Whatever it asks for, there must be a value.
  if (asking.says.kind !== 'one-of') return asking.says.kind !== 'missing' && isMissing(ruling);
  return asking.says.values.every((value) => !mayAdmit(ruling, value));
}

function isMissing({ says, negated }: FieldConstraint): boolean {
  return says.kind === 'missing' && !negated;
}
