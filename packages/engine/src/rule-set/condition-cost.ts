import { childrenOf, type ExpressionNode, type SyntaxNode } from '@eqlkit/language';

/** Roughly how long a leaf takes to decide, in comparisons; conditions are asked the cheap ones first. */
export function conditionCost(node: ExpressionNode): number {
  return costOf(node);
}

function costOf(node: SyntaxNode): number {
  const inner = childrenOf(node).reduce((sum, child) => sum + costOf(child), 0);
  switch (node.kind) {
    case 'membership':
      return 2;
    case 'pattern':
      return node.operator.startsWith('regex') ? 200 : 2 + node.patterns.length * 2;
    case 'call':
      return (node.name.toLowerCase().includes('array') ? 100 : 10) + inner;
    case 'lineage':
      return 10;
    case 'field':
    case 'variable':
      return 1;
    default:
      return inner;
  }
}
