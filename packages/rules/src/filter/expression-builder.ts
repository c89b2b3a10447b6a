import { parseCidrBlock, type JsonValue } from '@eqlkit/engine';
import type {
  ComparisonOperator,
  ExpressionNode,
  FieldNode,
  LiteralNode,
  PatternNode,
  VariableNode,
} from '@eqlkit/language';

/** Expressions that no query text holds stand at its beginning. */
const SPAN = { start: 0, end: 0 } as const;

/** A scalar that an expression can hold as a constant. */
export type Constant = Exclude<JsonValue, null | object>;

/** What a condition reads: a field of the event, or of an array's element. */
export type Operand = FieldNode | VariableNode;

/** A field of the event by its dotted name. */
export function eventField(name: string): FieldNode {
  return { kind: 'field', optional: false, path: name.split('.'), span: SPAN };
}

/** A field of the element that a variable stands for. */
export function elementField(variable: string, path: readonly string[]): VariableNode {
  return { kind: 'variable', name: variable, path, span: SPAN };
}

export function literal(value: Constant): LiteralNode {
  if (typeof value === 'string') return { kind: 'string-literal', value, raw: false, span: SPAN };
  if (typeof value === 'boolean') return { kind: 'boolean-literal', value, span: SPAN };
  const integer = typeof value === 'bigint' || Number.isInteger(value);
  return { kind: 'number-literal', value, integer, span: SPAN };
}

export function compare(left: Operand, operator: ComparisonOperator, value: Constant): ExpressionNode {
  return { kind: 'comparison', operator, operatorSpan: SPAN, left, right: literal(value), span: SPAN };
}

/** Whether there is a value. */
export function isPresent(left: Operand): ExpressionNode {
  const right: LiteralNode = { kind: 'null-literal', span: SPAN };
  return { kind: 'comparison', operator: '!=', operatorSpan: SPAN, left, right, span: SPAN };
}

/**
 * Whether a value is what a filter names, as an index would compare them: the word `true` is also the truth value, and a
 * network block names every address in it.
 */
export function equals(operand: Operand, value: Constant): ExpressionNode {
  const same = compare(operand, '==', value);
  if (typeof value === 'boolean') return any([same, compare(operand, '==', String(value))]);
  if (typeof value !== 'string') return same;
  if (value === 'true' || value === 'false') return any([same, compare(operand, '==', value === 'true')]);
  if (!value.includes('/') || parseCidrBlock(value) === null) return same;
  return any([same, call('cidrMatch', [operand, literal(value)])]);
}

/** Whether a value is one of those that a filter names. */
export function equalsOneOf(operand: Operand, values: readonly Constant[]): ExpressionNode {
  const plain = values.filter((value) => typeof value === 'number' || (typeof value === 'string' && isPlain(value)));
  const others = values.filter((value) => !plain.includes(value)).map((value) => equals(operand, value));
  return any(plain.length === 0 ? others : [isIn(operand, plain, false), ...others]);
}

function isPlain(text: string): boolean {
  return text !== 'true' && text !== 'false' && !text.includes('/');
}

/** `in`, or `in~`. */
export function isIn(operand: Operand, values: readonly Constant[], caseInsensitive: boolean): ExpressionNode {
  return { kind: 'membership', negated: false, caseInsensitive, operand, values: values.map(literal), span: SPAN };
}

/** The operand's text against a pattern. */
export function matches(operand: Operand, operator: PatternNode['operator'], text: string): ExpressionNode {
  const patterns = [literal(text)];
  return { kind: 'pattern', operator, operatorSpan: SPAN, operand, patterns, list: false, span: SPAN };
}

/** A call of a function, in its case-insensitive form or not. */
export function call(name: string, args: readonly ExpressionNode[], caseInsensitive = false): ExpressionNode {
  return { kind: 'call', name, nameSpan: SPAN, caseInsensitive, arguments: args, span: SPAN };
}

export function negate(operand: ExpressionNode): ExpressionNode {
  return { kind: 'not', operand, span: SPAN };
}

/** All of them hold; true for none. */
export function all(operands: readonly ExpressionNode[]): ExpressionNode {
  return join('and', operands) ?? literal(true);
}

/** One of them holds; false for none. */
export function any(operands: readonly ExpressionNode[]): ExpressionNode {
  return join('or', operands) ?? literal(false);
}

function join(operator: 'and' | 'or', operands: readonly ExpressionNode[]): ExpressionNode | undefined {
  // A logical node never holds one with its own operator.
  const flat = operands.flatMap((operand) =>
    operand.kind === 'logical' && operand.operator === operator ? operand.operands : [operand],
  );
  return flat.length > 1 ? { kind: 'logical', operator, operands: flat, span: SPAN } : flat[0];
}

/** Whether some element of an array of objects satisfies a condition, which reads it by `elementField`. */
export function someElement(array: Operand, variable: string, condition: ExpressionNode): ExpressionNode {
  return call('_arraysearch', [array, elementField(variable, []), condition]);
}
