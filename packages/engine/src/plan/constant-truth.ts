import { isConstant, type CheckedQuery, type ExpressionNode } from '@eqlkit/language';
import { evaluateConstant } from '../compile/evaluate-constant.js';
import { createCompileContext } from './compile-query.js';

/**
 * Whether a condition of a query that reads nothing of an event holds. `null` counts as false, as it does in a query;
 * `undefined` if the condition does read the event, or is no condition.
 */
export function constantTruth(condition: ExpressionNode, source: CheckedQuery): boolean | undefined {
  if (!isConstant(condition)) return undefined;
  const { context } = createCompileContext(source, {});
  const { value } = evaluateConstant(condition, context);
  if (value === null) return false;
  return typeof value === 'boolean' ? value : undefined;
}
