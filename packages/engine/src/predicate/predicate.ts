import type { ExpressionNode } from '@eqlkit/language';
import type { EventView } from '../event/event-view.js';
import type { FieldSource } from './field-source.js';

/** Looks at the view's event. */
export type PredicateTest = (view: EventView) => boolean;

/** A compiled condition. The tree is kept beside the test, so that a match can be explained. */
export type Predicate = ConstantPredicate | LogicalPredicate | NotPredicate | LeafPredicate;

/** A condition that does not depend on the event. */
export interface ConstantPredicate {
  readonly kind: 'constant';
  readonly value: boolean;
  readonly test: PredicateTest;
}

interface LogicalPredicate {
  readonly kind: 'and' | 'or';
  readonly operands: readonly Predicate[];
  readonly test: PredicateTest;
}

interface NotPredicate {
  readonly kind: 'not';
  readonly operand: Predicate;
  readonly test: PredicateTest;
}

/** A condition that holds if some combination of the values of its fields satisfies it. */
export interface LeafPredicate {
  readonly kind: 'leaf';
  readonly node: ExpressionNode;
  readonly sources: readonly FieldSource[];
  readonly test: PredicateTest;
}

/** The condition that always, or never, holds. */
export function constantPredicate(value: boolean): ConstantPredicate {
  return { kind: 'constant', value, test: () => value };
}

export function notPredicate(operand: Predicate): Predicate {
  if (operand.kind === 'constant') return constantPredicate(!operand.value);
  const { test } = operand;
  return { kind: 'not', operand, test: (view) => !test(view) };
}

/** Joins conditions; operands that cannot change the outcome are left out. */
export function logicalPredicate(kind: 'and' | 'or', operands: readonly Predicate[]): Predicate {
  // `false` decides an `and`, `true` an `or`.
  const deciding = kind === 'or';
  const open: Predicate[] = [];
  for (const operand of operands) {
    if (operand.kind !== 'constant') open.push(operand);
    else if (operand.value === deciding) return constantPredicate(deciding);
  }
  const [first] = open;
  if (first === undefined) return constantPredicate(!deciding);
  if (open.length === 1) return first;
  const tests = open.map((operand) => operand.test);
  return {
    kind,
    operands: open,
    test:
      kind === 'and'
        ? (view) => {
            for (const test of tests) if (!test(view)) return false;
            return true;
          }
        : (view) => {
            for (const test of tests) if (test(view)) return true;
            return false;
          },
  };
}
