import type { ExpressionNode, FieldDefinition } from '@eqlkit/language';
import type { CompileContext } from './compile-context.js';
import { resolveField } from './resolve-field.js';

/**
 * What is known about the values of an operand: the schema's type of a field, `untyped` for a field whose values bring
 * their own types, `computed` for anything else, whose type the query tells.
 */
export type OperandType = FieldDefinition | 'untyped' | 'computed';

/** Finds out what is known about the values of an operand. */
export function operandTypeOf(node: ExpressionNode, context: CompileContext): OperandType {
  if (node.kind !== 'field' && node.kind !== 'variable') return 'computed';
  return resolveField(node, context).definition ?? 'untyped';
}

/**
 * Whether a number among the operand's values equals the text that spells it. An index would have one type for the
 * field, so that `event.code == "4624"` holds whichever way events write it.
 */
export function numbersEqualText(type: OperandType, context: CompileContext): boolean {
  return type === 'untyped' && context.dialect.numbersEqualText;
}
