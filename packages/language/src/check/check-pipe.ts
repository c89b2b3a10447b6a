import { proposeName, suggestName } from '../diagnostics/suggest.js';
import type { PipeNode, QueryNode } from '../syntax/ast.js';
import { checkCondition, checkExpression } from './check-expression.js';
import type { CheckContext } from './check-context.js';
import { isEndgamePipe, pipeNames } from './pipe-names.js';

/** Checks one pipe: its name for the dialect, and its arguments. */
export function checkPipe(pipe: PipeNode, query: QueryNode, context: CheckContext): void {
  const name = pipe.name;
  const endgameOnly = isEndgamePipe(name);
  if (endgameOnly && !context.dialect.endgameQueries) {
    context.report('EQL1023', `The pipe "${name}" is not part of the ${context.dialect.name} dialect`, pipe.nameSpan, {
      help: 'Its pipes are head and tail; the endgame dialect has the others.',
    });
    return;
  }
  const names = pipeNames(context.dialect);
  if (!names.includes(name)) {
    context.report('EQL1022', `Unknown pipe "${name}"`, pipe.nameSpan, {
      help: `The pipes are: ${names.join(', ')}.`,
      ...proposeName(suggestName(name, names), pipe.nameSpan),
    });
    return;
  }
  if (query.kind === 'sample') {
    context.report('EQL1029', 'A sample has no pipes', pipe.span);
    return;
  }
  if (endgameOnly) checkRowPipe(pipe, context);
  else checkHeadTail(pipe, context);
}

function checkHeadTail(pipe: PipeNode, context: CheckContext): void {
  const [count, ...more] = pipe.arguments;
  if (count === undefined && context.dialect.endgameQueries) return;
  if (count === undefined || more.length > 0) {
    context.report('EQL1024', `"${pipe.name}" takes exactly one number`, pipe.span, {
      help: `Write: | ${pipe.name} 10`,
    });
    return;
  }
  const least = context.dialect.endgameQueries ? 1 : 0;
  if (count.kind === 'number-literal' && count.integer && count.value >= least && count.value <= 2 ** 31 - 1) return;
  context.report('EQL1024', `"${pipe.name}" takes a whole number from ${least} to 2147483647`, count.span, {
    help: `Write: | ${pipe.name} 10`,
  });
}

function checkRowPipe(pipe: PipeNode, context: CheckContext): void {
  const least = pipe.name === 'count' ? 0 : 1;
  const most = pipe.name === 'filter' ? 1 : Infinity;
  if (pipe.arguments.length < least || pipe.arguments.length > most) {
    context.report(
      'EQL1024',
      `"${pipe.name}" takes ${most === 1 ? 'one condition' : 'at least one expression'}`,
      pipe.span,
    );
  }
  const check = pipe.name === 'filter' ? checkCondition : checkExpression;
  for (const argument of pipe.arguments) check(argument, context);
}
