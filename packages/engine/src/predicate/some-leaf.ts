import { visit } from '@eqlkit/language';
import type { LeafPredicate, Predicate } from './predicate.js';

/** Whether some leaf of a condition is of a kind. */
export function someLeaf(predicate: Predicate, isOne: (leaf: LeafPredicate) => boolean): boolean {
  switch (predicate.kind) {
    case 'constant':
      return false;
    case 'leaf':
      return isOne(predicate);
    case 'not':
      return someLeaf(predicate.operand, isOne);
    case 'and':
    case 'or':
      return predicate.operands.some((operand) => someLeaf(operand, isOne));
  }
}

/** Whether a leaf asks about process trees. */
export function asksLineage({ node }: LeafPredicate): boolean {
  let found = false;
  visit(node, ({ kind }) => {
    if (kind === 'lineage') found = true;
  });
  return found;
}
