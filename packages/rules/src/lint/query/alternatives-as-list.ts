import {
  isConstant,
  printExpression,
  type ExpressionNode,
  type FieldNode,
  type LogicalNode,
  type VariableNode,
} from '@eqlkit/language';
import type { Finding, QueryLint } from '../lint.js';
import { areNeighbours } from './remove-behind.js';

/** `a == "x" or a == "y"`, which is `a in ("x", "y")`. */
export const alternativesAsList: QueryLint = {
  scope: 'query',
  code: 'EQL5013',
  *check({ query, expressions }) {
    for (const node of expressions) {
      if (node.kind !== 'logical' || node.operator !== 'or') continue;
      yield* checkAlternatives(node, query.text, query.dialect.wildcardsInEquality);
    }
  },
};

/** One operand of an `or` that compares a field with constants. */
interface Alternative {
  readonly operand: ExpressionNode;
  readonly field: FieldNode | VariableNode;
  /** What a list of such alternatives is written with. */
  readonly operator: string;
  readonly values: readonly ExpressionNode[];
}

function* checkAlternatives(node: LogicalNode, text: string, wildcardsInEquality: boolean): Iterable<Finding> {
  const groups = new Map<string, Alternative[]>();
  const repeatingGroups = new Set<string>();
  const seen = new Set<string>();
  for (const operand of node.operands) {
    const alternative = readAlternative(operand, wildcardsInEquality);
    if (alternative === null) continue;
    const printed = printExpression(operand);
    const key = `${printExpression(alternative.field)} ${alternative.operator} ${alternative.values[0]?.kind ?? ''}`;
    // What is said twice is reported as such, and must stay to be seen.
    if (seen.has(printed)) {
      repeatingGroups.add(key);
      continue;
    }
    seen.add(printed);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [alternative]);
    else group.push(alternative);
  }
  for (const [key, group] of groups) {
    const [first, second] = group;
    if (first === undefined || second === undefined) continue;
    const field = printExpression(first.field);
    yield {
      at: { query: second.operand.span },
      message: `${field} is compared with alternatives one by one`,
      help: `Write one list: ${field} ${first.operator} (…)`,
      fix: repeatingGroups.has(key) ? undefined : mergeAlternatives(group, text),
    };
  }
}

function readAlternative(operand: ExpressionNode, wildcardsInEquality: boolean): Alternative | null {
  switch (operand.kind) {
    case 'comparison': {
      const { left: field, right, operator } = operand;
      if (operator !== '==' || wildcardsInEquality || !isFieldLike(field)) return null;
      if (right.kind !== 'string-literal' && right.kind !== 'number-literal') return null;
      return { operand, field, operator: 'in', values: [right] };
    }
    case 'membership': {
      const { operand: field, values, negated, caseInsensitive } = operand;
      if (negated || !isFieldLike(field) || !values.every(isConstant)) return null;
      return { operand, field, operator: caseInsensitive ? 'in~' : 'in', values };
    }
    case 'pattern': {
      const { operand: field, patterns, operator } = operand;
      return isFieldLike(field) ? { operand, field, operator, values: patterns } : null;
    }
    default:
      return null;
  }
}

function isFieldLike(node: ExpressionNode): node is FieldNode | VariableNode {
  return node.kind === 'field' || node.kind === 'variable';
}

/** One list in place of alternatives that stand side by side. */
function mergeAlternatives(group: readonly Alternative[], text: string): Finding['fix'] {
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const apart = group.some(({ operand }, index) => {
    const next = group[index + 1]?.operand;
    return next !== undefined && !areNeighbours(operand, next, text);
  });
  if (apart) return undefined;
  const span = { start: first.operand.span.start, end: last.operand.span.end };
  const values = group.flatMap((one) => one.values.map((value) => text.slice(value.span.start, value.span.end)));
  const replacement = `${printExpression(first.field)} ${first.operator} (${values.join(', ')})`;
  return { title: 'Write one list', span, replacement, safe: true };
}
