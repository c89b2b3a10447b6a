import {
  dottedName,
  findFunction,
  isConstant,
  isLiteral,
  mapOperands,
  type ExpressionNode,
  type FieldNode,
  type LiteralNode,
  type LogicalNode,
} from '@eqlkit/language';
import type { Value } from '../values/value.js';
import { reportTo, type CompileContext } from './compile-context.js';
import { evaluateConstant } from './evaluate-constant.js';
import type { EvaluationProblem } from '../functions/evaluation-problem.js';
import { isDouble } from './numeric-kind.js';

/** Functions that give a value although an argument is null. */
const NULL_TOLERANT: ReadonlySet<string> = new Set(['substring', 'indexof', 'number', 'safe']);

/** Whether an expression is a condition, or an operand of its `and`, `or` and `not`, or lies inside a leaf. */
type Level = 'condition' | 'leaf';

/**
 * Computes what does not depend on the event, with three-valued logic: `not null` is null. What is null whatever the
 * event, such as an ordering against null, becomes null too. With a strict schema an optional field that it lacks is
 * the literal null.
 */
export function foldConstants(
  node: ExpressionNode,
  context: CompileContext,
  level: Level = 'condition',
): ExpressionNode {
  const folded = foldChildren(node, context, level);
  if (isLiteral(folded)) return folded;
  // Python EQL has no folding of its own; its logic is three-valued anyway.
  if (isConstant(folded)) return foldWhole(folded, context);
  return context.dialect.threeValuedNot ? folded : foldNull(folded, level);
}

function foldChildren(node: ExpressionNode, context: CompileContext, level: Level): ExpressionNode {
  if (node.kind === 'field' && isUnmapped(node, context)) return { kind: 'null-literal', span: node.span };
  const inner = node.kind === 'logical' || node.kind === 'not' ? level : 'leaf';
  return mapOperands(node, (operand) => foldConstants(operand, context, inner));
}

function isUnmapped(node: FieldNode, context: CompileContext): boolean {
  if (!node.optional || context.schema?.strict !== true) return false;
  const [first] = node.path;
  if (typeof first === 'string' && (context.aliases.has(first) || context.variables.has(first))) return false;
  return !context.schema.fields.has(dottedName(node.path));
}

function foldWhole(node: ExpressionNode, context: CompileContext): ExpressionNode {
  const { value, problem } = evaluateConstant(node, context);
  if (problem !== undefined && context.dialect.name !== 'endgame') {
    reportTo(context, 'EQL3002', describeConstantProblem(problem), node.span);
  }
  return literalOf(value, isDouble(node, context), node);
}

function describeConstantProblem(problem: EvaluationProblem): string {
  switch (problem) {
    case 'division-by-zero':
      return 'This divides by zero';
    case 'integer-overflow':
      return 'The result does not fit into 64 bits';
    case 'unparsable-number':
      return 'This text is no number';
    case 'text-too-long-for-pattern':
      return 'This text is too long for the pattern';
    case 'text-too-long-for-regex':
      return 'This text is too long for the regular expression';
    case 'text-too-long':
      return 'The text would be too long';
    case 'too-many-combinations':
    case 'too-many-join-keys':
    case 'too-many-pending-keys':
      return 'This has too many values';
  }
}

function literalOf(value: Value, double: boolean, origin: ExpressionNode): LiteralNode {
  const { span } = origin;
  switch (typeof value) {
    case 'string':
      return { kind: 'string-literal', value, raw: false, span };
    case 'boolean':
      return { kind: 'boolean-literal', value, span };
    case 'number':
    case 'bigint':
      return {
        kind: 'number-literal',
        value,
        integer: !double && (typeof value === 'bigint' || Number.isInteger(value)),
        span,
      };
    default:
      return { kind: 'null-literal', span };
  }
}

/** Expressions that are null because a part is, whatever the rest holds. */
function foldNull(node: ExpressionNode, level: Level): ExpressionNode {
  const nothing: LiteralNode = { kind: 'null-literal', span: node.span };
  switch (node.kind) {
    case 'comparison': {
      const isNullTest = node.operator === '==' || node.operator === '!=';
      return !isNullTest && (isNull(node.left) || isNull(node.right)) ? nothing : node;
    }
    case 'arithmetic':
      return isNull(node.left) || isNull(node.right) ? nothing : node;
    case 'negate':
    case 'not':
      return isNull(node.operand) ? nothing : node;
    case 'membership':
    case 'pattern':
      return isNull(node.operand) ? nothing : node;
    case 'call': {
      const key = findFunction(node.name)?.key ?? '';
      const decisive = NULL_TOLERANT.has(key) ? node.arguments.slice(0, 1) : node.arguments;
      return key !== 'safe' && decisive.some(isNull) ? nothing : node;
    }
    case 'logical':
      return foldLogical(node, level);
    default:
      return node;
  }
}

/** Beside something that depends on the event, null counts as false in a condition; inside a leaf it stays null. */
function foldLogical(node: LogicalNode, level: Level): ExpressionNode {
  const deciding = node.operator === 'or';
  const open: ExpressionNode[] = [];
  for (const operand of node.operands) {
    const falsy = operand.kind === 'null-literal' && level === 'condition';
    const value = falsy ? false : operand.kind === 'boolean-literal' ? operand.value : undefined;
    if (value === undefined) open.push(operand);
    else if (value === deciding) return { kind: 'boolean-literal', value, span: node.span };
  }
  const [first] = open;
  if (first === undefined) return { kind: 'boolean-literal', value: !deciding, span: node.span };
  return open.length === 1 ? first : { ...node, operands: open };
}

function isNull(node: ExpressionNode): boolean {
  return node.kind === 'null-literal';
}
