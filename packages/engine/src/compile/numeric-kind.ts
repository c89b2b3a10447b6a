import { findFunction, type ExpressionNode } from '@eqlkit/language';
import type { CompileContext } from './compile-context.js';
import { definitionOfField } from './resolve-field.js';

const ARITHMETIC_FUNCTIONS: readonly string[] = ['add', 'subtract', 'multiply', 'divide', 'modulo'];

/**
 * Whether an expression is a double whatever the event holds: `2.0` is, `2` is not, and a field is only if the schema
 * says so. Elsewhere a number without a fraction counts as an integer, whose division is cut.
 */
export function isDouble(node: ExpressionNode, context: CompileContext): boolean {
  switch (node.kind) {
    case 'number-literal':
      return !node.integer;
    case 'arithmetic':
      return isDouble(node.left, context) || isDouble(node.right, context);
    case 'negate':
      return isDouble(node.operand, context);
    case 'call': {
      const key = findFunction(node.name)?.key ?? '';
      return ARITHMETIC_FUNCTIONS.includes(key) && node.arguments.some((argument) => isDouble(argument, context));
    }
    case 'field':
      return definitionOfField(node.path, context)?.kind === 'double';
    default:
      return false;
  }
}
