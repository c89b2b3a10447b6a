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
      const sketches = new Set<string>();
      const isAlone = node.operands.every((operand) => {
        const sketch = sketchOf(operand);
        return !sketches.has(sketch) && sketches.add(sketch);
      });
      if (isAlone) continue;
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

/** A cheap first look, as printing costs: conditions whose sketches differ are not the same. */
function sketchOf(node: ExpressionNode | undefined): string {
  switch (node?.kind) {
    case 'logical':
      return `${node.operator} ${node.operands.length} ${sketchOf(node.operands[0])}`;
    case 'not':
      return `not ${sketchOf(node.operand)}`;
    case 'comparison':
      return `${sketchOf(node.left)} ${node.operator} ${sketchOf(node.right)}`;
    case 'membership':
      return `${sketchOf(node.operand)} in ${node.values.length} ${sketchOf(node.values[0])}`;
    case 'pattern':
      return `${sketchOf(node.operand)} ${node.operator} ${node.patterns.length} ${sketchOf(node.patterns[0])}`;
    case 'call':
      return `${node.name} ${sketchOf(node.arguments[0])}`;
    case 'field':
      return node.path.join('.');
    case 'string-literal':
      return node.value;
    default:
      return node?.kind ?? '';
  }
}
