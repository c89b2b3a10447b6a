import type { ExpressionNode, LiteralNode, SyntaxNode } from './ast.js';

const NONE: readonly SyntaxNode[] = [];

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
      return NONE;
  }
}

/** Calls `visitor` for the node and everything below it, outer nodes first. */
export function visit(node: SyntaxNode, visitor: (node: SyntaxNode) => void): void {
  visitor(node);
  for (const child of childrenOf(node)) visit(child, visitor);
}

/**
 * The expression with each expression right below it replaced by what `change` makes of it; itself if that changes none.
 * Patterns stay literals, and the query of a lineage stays as it is.
 */
export function mapOperands(node: ExpressionNode, change: (operand: ExpressionNode) => ExpressionNode): ExpressionNode {
  switch (node.kind) {
    case 'logical': {
      const operands = mapNodes(node.operands, change);
      return operands === node.operands ? node : { ...node, operands };
    }
    case 'not':
    case 'negate':
    case 'pattern': {
      const operand = change(node.operand);
      return operand === node.operand ? node : { ...node, operand };
    }
    case 'comparison':
    case 'arithmetic': {
      const [left, right] = [change(node.left), change(node.right)];
      return left === node.left && right === node.right ? node : { ...node, left, right };
    }
    case 'membership': {
      const operand = change(node.operand);
      const values = mapNodes(node.values, change);
      return operand === node.operand && values === node.values ? node : { ...node, operand, values };
    }
    case 'call': {
      const args = mapNodes(node.arguments, change);
      return args === node.arguments ? node : { ...node, arguments: args };
    }
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

/** The list itself if nothing in it changes: lists of values are long, and rules are many. */
function mapNodes(
  nodes: readonly ExpressionNode[],
  change: (node: ExpressionNode) => ExpressionNode,
): readonly ExpressionNode[] {
  const changed = nodes.map(change);
  return changed.every((node, index) => node === nodes[index]) ? nodes : changed;
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
  return !readsEvent(expression);
}

function readsEvent(node: SyntaxNode): boolean {
  if (node.kind === 'field' || node.kind === 'variable' || node.kind === 'lineage') return true;
  return childrenOf(node).some(readsEvent);
}
