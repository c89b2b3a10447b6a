import { printExpression, type ExpressionNode } from '@eqlkit/language';
import type { QueryLint } from '../lint.js';
import { expressionsOf } from './query-parts.js';
import { removeBehind } from './remove-behind.js';

/** An operand of `and` or `or` that says what an earlier one says. */
export const repeatedCondition: QueryLint = {
  scope: 'query',
  code: 'EQL5017',
  *check({ query, comments }) {
    for (const node of expressionsOf(query.statement)) {
      if (node.kind !== 'logical') continue;
      const seen = new Set<string>();
      let previous: ExpressionNode | undefined;
      for (const operand of node.operands) {
        const printed = printExpression(operand);
        if (seen.has(printed)) {
          yield {
            at: { query: operand.span },
            message: `This "${node.operator}" has the same condition twice: ${shorten(printed)}`,
            help: 'Remove one of the two, or mend the one that was meant to differ.',
            fix: previous === undefined ? undefined : removeBehind(previous, operand, comments),
          };
        }
        seen.add(printed);
        previous = operand;
      }
    }
  },
};

/** Longest condition that a message repeats whole. */
const SHOWN_LENGTH = 80;

function shorten(text: string): string {
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}…`;
}
