import { parseCidrBlock } from '@eqlkit/engine';
import { dottedName, printExpression, quoteString, type ExpressionNode } from '@eqlkit/language';
import type { FieldKnowledge } from '../fields/field-knowledge.js';
import type { Finding, QueryLint } from '../lint.js';

/** `destination.ip == "10.0.0.0/8"`: only a mapping makes a range of it, and rules have none. */
export const blockInEquality: QueryLint = {
  scope: 'query',
  code: 'EQL5019',
  *check({ expressions, fields }) {
    for (const node of expressions) {
      const comparison = readComparison(node);
      if (comparison === null || !isAddress(comparison.field, fields)) continue;
      const block = comparison.values.find(isBlock);
      if (block !== undefined) yield describe(node, comparison, block);
    }
  },
};

interface Comparison {
  readonly field: ExpressionNode;
  readonly values: readonly ExpressionNode[];
  readonly operator: string;
  readonly negated: boolean;
}

function readComparison(node: ExpressionNode): Comparison | null {
  if (node.kind === 'membership') {
    const { operand, values, negated, caseInsensitive } = node;
    return { field: operand, values, operator: caseInsensitive ? 'in~' : 'in', negated };
  }
  if (node.kind !== 'comparison' || (node.operator !== '==' && node.operator !== '!=')) return null;
  const [field, value] = node.left.kind === 'string-literal' ? [node.right, node.left] : [node.left, node.right];
  return { field, values: [value], operator: node.operator, negated: node.operator === '!=' };
}

/** Whether a field holds addresses: by its type, or, if nobody knows it, by its name. */
function isAddress(node: ExpressionNode, fields: FieldKnowledge): boolean {
  if (node.kind !== 'field') return false;
  const name = dottedName(node.path);
  const known = fields.find(name);
  return known === undefined ? /ip$/iu.test(name) : known.kind === 'ip';
}

function isBlock(node: ExpressionNode): boolean {
  return node.kind === 'string-literal' && node.value.includes('/') && parseCidrBlock(node.value) !== null;
}

function describe(
  node: ExpressionNode,
  { field, values, operator, negated }: Comparison,
  block: ExpressionNode,
): Finding {
  const addresses = values.flatMap((value) =>
    value.kind === 'string-literal' && parseCidrBlock(value.value) !== null ? [quoteString(value.value)] : [],
  );
  const call = `${negated ? 'not ' : ''}cidrMatch(${printExpression(field)}, ${addresses.join(', ')})`;
  const whole = addresses.length === values.length;
  return {
    at: { query: block.span },
    message: `"${operator}" compares ${printExpression(field)} with the text ${printExpression(block)}, not with the addresses of that block`,
    help: whole ? `Write: ${call}` : 'Use cidrMatch for network blocks.',
    // It matches other events than before, so it is a proposal.
    fix: whole ? { title: 'Use cidrMatch', span: node.span, replacement: call } : undefined,
  };
}
