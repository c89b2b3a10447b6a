import type { FieldKnowledge } from '../fields/field-knowledge.js';
import { areDisjointRanges, areOpposite, mayAdmit, type FieldConstraint } from './field-constraint.js';

/** Two constraints that never hold together; the second one is the later. */
export type Contradiction = readonly [FieldConstraint, FieldConstraint];

/** How many pairs of values are looked at for one query, some 0.2 s. People write no queries that need more. */
const MAX_PAIRS = 2_000_000;

/**
 * Finds constraints that no event satisfies together. Conditions on an array choose its values one by one, so that
 * `args == "a" and args == "b"` may well hold: only of a field that is known to have a single value two values are one too
 * many. What one finder looks at is bounded; it finds nothing when that is used up.
 */
export class ContradictionFinder {
  private pairsLeft = MAX_PAIRS;

  constructor(private readonly fields: FieldKnowledge) {}

  /** Whether it will find nothing any more. */
  get isExhausted(): boolean {
    return this.pairsLeft <= 0;
  }

  /** The first two of the constraints that exclude each other; `null` if none are found. */
  find(constraints: readonly FieldConstraint[]): Contradiction | null {
    this.pairsLeft -= constraints.length;
    const earlierOf = new Map<string, FieldConstraint[]>();
    for (const later of constraints) {
      const earlier = earlierOf.get(later.field);
      if (earlier === undefined) {
        earlierOf.set(later.field, [later]);
        continue;
      }
      const single = this.fields.find(later.field)?.array === false;
      for (const one of earlier) {
        this.pairsLeft -= sizeOf(one) * sizeOf(later);
        if (this.isExhausted) return null;
        if (excludeEachOther(one, later, single)) return [one, later];
      }
      earlier.push(later);
    }
    return null;
  }
}

function sizeOf({ says }: FieldConstraint): number {
  switch (says.kind) {
    case 'one-of':
      return says.values.length;
    case 'like':
      return says.patterns.length;
    case 'missing':
    case 'range':
      return 1;
  }
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
