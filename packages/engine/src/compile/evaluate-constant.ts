import type { ExpressionNode } from '@eqlkit/language';
import { EventView } from '../event/event-view.js';
import { FieldTable } from '../event/field-table.js';
import type { EvaluationProblem } from '../functions/evaluation-problem.js';
import type { Value } from '../values/value.js';
import type { CompileContext } from './compile-context.js';
import { compileValue } from './compile-value.js';
import { LeafScope } from './leaf-scope.js';

/** Computes an expression that reads no event; `problem` tells why it has no value, if that is so. */
export function evaluateConstant(
  node: ExpressionNode,
  context: CompileContext,
): { value: Value; problem: EvaluationProblem | undefined } {
  let problem: EvaluationProblem | undefined;
  const constantContext: CompileContext = {
    ...context,
    countProblem: (found) => {
      problem ??= found;
    },
  };
  const value = compileValue(node, new LeafScope(constantContext))(new EventView(new FieldTable()));
  return { value, problem };
}
