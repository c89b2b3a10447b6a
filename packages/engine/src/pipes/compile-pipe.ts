import { printExpression, type ExpressionNode, type PipeNode } from '@eqlkit/language';
import { compileCondition } from '../compile/compile-condition.js';
import type { CompileContext } from '../compile/compile-context.js';
import { compileValue } from '../compile/compile-value.js';
import { LeafScope } from '../compile/leaf-scope.js';
import { foldConstants } from '../compile/fold-constants.js';
import { literalValue } from '../compile/literal-value.js';
import { FieldTable } from '../event/field-table.js';
import type { PipePlan, RowExpression } from './pipe-plan.js';

/** What `head` and `tail` take where the endgame dialect lets the number away. */
const DEFAULT_COUNT = 50;

/** Compiles a pipe that the checker let pass. */
export function compilePipe(pipe: PipeNode, context: CompileContext): PipePlan {
  // Rows are not events: they have fields of their own, such as count, so they are read through a table of their own.
  const fields = new FieldTable();
  const rowContext: CompileContext = { ...context, fields };
  switch (pipe.name) {
    case 'head':
    case 'tail': {
      const [count] = pipe.arguments;
      const value = count === undefined ? DEFAULT_COUNT : literalValue(foldConstants(count, context));
      return { kind: pipe.name, count: typeof value === 'number' ? value : DEFAULT_COUNT };
    }
    case 'filter': {
      const [condition] = pipe.arguments;
      if (condition === undefined) throw new Error('the checker let a filter without a condition pass');
      return { kind: 'filter', predicate: compileCondition(condition, rowContext), fields };
    }
    case 'unique':
    case 'sort':
    case 'count':
    case 'unique_count': {
      const expressions = pipe.arguments.map((argument) => compileRowExpression(argument, rowContext));
      return { kind: pipe.name, expressions, fields };
    }
    default:
      throw new Error(`the checker let an unknown pipe pass: ${pipe.name}`);
  }
}

function compileRowExpression(node: ExpressionNode, context: CompileContext): RowExpression {
  const scope = new LeafScope(context);
  const value = compileValue(foldConstants(node, context), scope);
  return {
    text: printExpression(node),
    read: (view) => {
      scope.loadSingles(view);
      return value(view);
    },
  };
}
