import { constantTruth } from '@eqlkit/engine';
import { printExpression, type ComparisonNode, type ExpressionNode, type LogicalNode } from '@eqlkit/language';
import type { Finding, LintedQuery, QueryLint } from '../lint.js';
import { readConstraint } from './field-constraint.js';
import { ContradictionFinder } from './contradiction-finder.js';
import { shortenText } from './shorten-text.js';

/** A part of a condition that holds for every event, or for none. */
export const settledCondition: QueryLint = {
  scope: 'query',
  code: 'EQL5006',
  *check(linted) {
    const finder = new ContradictionFinder(linted.fields);
    for (const { condition } of linted.eventQueries) {
      // `process where true` is how one asks for every event.
      if (condition.kind === 'boolean-literal' && condition.value) continue;
      yield* checkPart(condition, linted, finder);
    }
  },
};

function* checkPart(node: ExpressionNode, linted: LintedQuery, finder: ContradictionFinder): Iterable<Finding> {
  const truth = constantTruth(node, linted.query);
  if (truth !== undefined) {
    yield settled(node, truth);
    return;
  }
  switch (node.kind) {
    case 'logical':
      if (isTautology(node, linted, finder)) {
        yield settled(node, true);
        return;
      }
      for (const operand of node.operands) yield* checkPart(operand, linted, finder);
      return;
    case 'not':
      yield* checkPart(node.operand, linted, finder);
      return;
    case 'comparison':
      if (comparesWithItself(node)) {
        yield {
          at: { query: node.span },
          message: `${shortenText(printExpression(node))} compares a field with itself`,
          help: 'One of the two was meant to be another field.',
        };
      }
      return;
    default:
      return;
  }
}

function settled(node: ExpressionNode, truth: boolean): Finding {
  return {
    at: { query: node.span },
    message: `${shortenText(printExpression(node))} is always ${String(truth)}`,
    help: truth ? 'It excludes no event: remove it, or mend it.' : 'It lets no event through: remove it, or mend it.',
  };
}

/** Whether an `or` leaves nothing out: then all its operands would have to fail together, which they cannot. */
function isTautology(node: LogicalNode, { query }: LintedQuery, finder: ContradictionFinder): boolean {
  // With three-valued logic a missing field makes neither a condition nor its opposite true.
  if (node.operator !== 'or' || query.dialect.threeValuedNot || query.dialect.wildcardsInEquality) return false;
  const opposites = node.operands.flatMap((operand) => {
    const constraint = readConstraint(operand, true);
    return constraint === null ? [] : [constraint];
  });
  return finder.find(opposites) !== null;
}

function comparesWithItself({ left, right }: ComparisonNode): boolean {
  return left.kind === 'field' && right.kind === 'field' && printExpression(left) === printExpression(right);
}
