import { printExpression, type ExpressionNode } from '@eqlkit/language';
import type { Finding, QueryLint } from '../lint.js';
import { readConstraint, type FieldConstraint } from './field-constraint.js';
import { ContradictionFinder } from './contradiction-finder.js';
import { shortenText } from './shorten-text.js';

/** Conditions of one `and` that no event satisfies together. */
export const excludingConditions: QueryLint = {
  scope: 'query',
  code: 'EQL5007',
  *check({ query, eventQueries, fields }) {
    // In Python EQL `==` ignores case and has wildcards.
    if (query.dialect.wildcardsInEquality) return;
    const finder = new ContradictionFinder(fields);
    for (const { condition } of eventQueries) yield* checkBranch(condition, [], finder);
  },
};

/** @param outer - What has to hold around the branch; it is consistent. */
function* checkBranch(
  node: ExpressionNode,
  outer: readonly FieldConstraint[],
  finder: ContradictionFinder,
): Iterable<Finding> {
  if (finder.isExhausted) return;
  if (node.kind === 'logical' && node.operator === 'or') {
    for (const operand of node.operands) yield* checkBranch(operand, outer, finder);
    return;
  }
  const operands = node.kind === 'logical' ? node.operands : [node];
  const constraints = [...outer, ...operands.flatMap(constraintsOf)];
  const contradiction = finder.find(constraints);
  if (contradiction !== null) {
    const [first, second] = contradiction;
    yield {
      at: { query: second.node.span },
      message: `No event satisfies both ${describe(first)} and ${describe(second)}`,
      help: 'Join alternatives with "or" or a list, or remove what is wrong.',
    };
    return;
  }
  for (const operand of operands) {
    if (operand.kind === 'logical') yield* checkBranch(operand, constraints, finder);
  }
}

/** What an operand says about fields; `not (a or b)` says that neither holds. */
function constraintsOf(operand: ExpressionNode): readonly FieldConstraint[] {
  if (operand.kind === 'not' && operand.operand.kind === 'logical' && operand.operand.operator === 'or') {
    return operand.operand.operands.flatMap((inner) => {
      const constraint = readConstraint(inner, true);
      return constraint === null ? [] : [constraint];
    });
  }
  const constraint = readConstraint(operand);
  return constraint === null ? [] : [constraint];
}

/** The condition as it is written; inside a negated group with its `not`. */
function describe(constraint: FieldConstraint): string {
  const own = readConstraint(constraint.node);
  const text = shortenText(printExpression(constraint.node));
  return own !== null && own.negated !== constraint.negated ? `not ${text}` : text;
}
