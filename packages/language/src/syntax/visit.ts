import type { ExpressionNode, LiteralNode, SyntaxNode } from './ast.js';

/** The nodes right below a node, in source order. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.kind) {
    case 'statement':
      return [node.query, ...node.pipes];
    case 'event-query':
      return [node.condition];
    case 'sequence': {
      const maxspan = node.maxspan === null ? [] : [node.maxspan];
      return [...node.keys, ...maxspan, ...node.stages, ...(node.until === null ? [] : [node.until])];
    }
    case 'join':
      return [...node.keys, ...node.stages, ...(node.until === null ? [] : [node.until])];
    case 'sample':
      return [...node.keys, ...node.stages];
    case 'subquery':
      return [node.query, ...node.keys, ...(node.alias === null ? [] : [node.alias])];
    case 'pipe':
    case 'call':
      return node.arguments;
    case 'logical':
      return node.operands;
    case 'not':
    case 'negate':
      return [node.operand];
    case 'comparison':
    case 'arithmetic':
      return [node.left, node.right];
    case 'membership':
      return [node.operand, ...node.values];
    case 'pattern':
      return [node.operand, ...node.patterns];
    case 'lineage':
      return [node.query];
    case 'identifier':
    case 'time-span':
    case 'field':
    case 'variable':
    case 'null-literal':
    case 'boolean-literal':
    case 'number-literal':
    case 'string-literal':
      return [];
  }
}

/** Calls `visitor` for the node and everything below it, outer nodes first. */
export function visit(node: SyntaxNode, visitor: (node: SyntaxNode) => void): void {
  visitor(node);
  for (const child of childrenOf(node)) visit(child, visitor);
}

/**
 * The expression with each expression right below it replaced by what `change` makes of it. Patterns stay literals, and
 * the query of a lineage stays as it is.
 */
export function mapOperands(node: ExpressionNode, change: (operand: ExpressionNode) => ExpressionNode): ExpressionNode {
  switch (node.kind) {
    case 'logical':
      return { ...node, operands: node.operands.map(change) };
    case 'not':
    case 'negate':
    case 'pattern':
      return { ...node, operand: change(node.operand) };
    case 'comparison':
    case 'arithmetic':
      return { ...node, left: change(node.left), right: change(node.right) };
    case 'membership':
      return { ...node, operand: change(node.operand), values: node.values.map(change) };
    case 'call':
      return { ...node, arguments: node.arguments.map(change) };
    case 'lineage':
    case 'field':
    case 'variable':
    case 'null-literal':
    case 'boolean-literal':
    case 'number-literal':
    case 'string-literal':
      return node;
  }
}

/** Whether an expression is a literal. */
export function isLiteral(node: ExpressionNode): node is LiteralNode {
  return (
    node.kind === 'string-literal' ||
    node.kind === 'number-literal' ||
    node.kind === 'boolean-literal' ||
    node.kind === 'null-literal'
  );
}

/** Whether an expression reads nothing of an event, so that it has one value for good. */
export function isConstant(expression: ExpressionNode): boolean {
  let constant = true;
  visit(expression, (node) => {
    if (node.kind === 'field' || node.kind === 'variable' || node.kind === 'lineage') constant = false;
  });
  return constant;
}
