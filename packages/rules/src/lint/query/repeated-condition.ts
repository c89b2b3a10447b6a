import { printExpression, type ExpressionNode } from '@eqlkit/language';
import type { QueryLint } from '../lint.js';
import { proposeRemovalBehind } from './remove-behind.js';
import { shortenText } from './shorten-text.js';

/** An operand of `and` or `or` that says what an earlier one says. */
export const repeatedCondition: QueryLint = {
  scope: 'query',
  code: 'EQL5017',
  *check({ query, expressions }) {
    for (const node of expressions) {
      if (node.kind !== 'logical') continue;
      const seen = new Set<string>();
      let previous: ExpressionNode | undefined;
      for (const operand of node.operands) {
        const printed = printExpression(operand);
        if (seen.has(printed)) {
          yield {
            at: { query: operand.span },
            message: `This "${node.operator}" has the same condition twice: ${shortenText(printed)}`,
            help: 'Remove one of the two, or mend the one that was meant to differ.',
            // Whether one of the two was to say something else, only the author knows.
            fix: previous === undefined ? undefined : proposeRemovalBehind(previous, operand, query.text),
          };
        }
        seen.add(printed);
        previous = operand;
      }
    }
  },
};
