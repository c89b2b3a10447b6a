import type { ExpressionNode } from '@eqlkit/language';
import type { JsonValue, Value } from '../values/value.js';
import type { LeafScope, ValueFunction } from './leaf-scope.js';
import { resolveField } from './resolve-field.js';

/**
 * Compiles an operand of `and`, `or` or `not`, or a whole condition, for its truth: true, false or null.
 *
 * A bare field of the endgame dialect has the truth that Python gives to its value: an object, an array or a text is
 * true unless it is empty, a number unless it is zero. Elsewhere only `true` is true.
 */
export function compileTruth(node: ExpressionNode, scope: LeafScope): ValueFunction {
  if (!scope.context.dialect.threeValuedNot || (node.kind !== 'field' && node.kind !== 'variable')) {
    return scope.context.compilers.value(node, scope);
  }
  const { readRaw } = resolveField(node, scope.context);
  return (view) => truthOf(readRaw(view));
}

function truthOf(value: JsonValue | undefined): Value {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object') return Boolean(value);
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}
