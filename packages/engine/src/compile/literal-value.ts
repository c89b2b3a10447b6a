import type { ExpressionNode } from '@eqlkit/language';
import type { Value } from '../values/value.js';

/** The value of a literal; undefined for anything else. */
export function literalValue(node: ExpressionNode): Value | undefined {
  switch (node.kind) {
    case 'null-literal':
      return null;
    case 'boolean-literal':
    case 'number-literal':
    case 'string-literal':
      return node.value;
    default:
      return undefined;
  }
}
