import { findFunction, type ValueType } from '../functions/function-signatures.js';
import type { FieldKind } from '../schema/schema.js';
import type { ExpressionNode } from '../syntax/ast.js';
import { definitionOf, type CheckContext } from './check-context.js';

const TYPE_OF_KIND: Readonly<Record<FieldKind, ValueType>> = {
  keyword: 'string',
  wildcard: 'string',
  text: 'string',
  long: 'number',
  unsigned_long: 'number',
  double: 'number',
  boolean: 'boolean',
  date: 'date',
  ip: 'ip',
  version: 'version',
  object: 'object',
  nested: 'object',
  unsupported: 'unknown',
  mixed: 'unknown',
};

/** The type that an expression's values have, as far as the query and the schema tell. */
export function typeOf(expression: ExpressionNode, context: CheckContext): ValueType {
  switch (expression.kind) {
    case 'logical':
    case 'not':
    case 'comparison':
    case 'membership':
    case 'pattern':
    case 'lineage':
    case 'boolean-literal':
      return 'boolean';
    case 'arithmetic':
    case 'negate':
    case 'number-literal':
      return 'number';
    case 'string-literal':
      return 'string';
    case 'null-literal':
      return 'null';
    case 'call': {
      const found = findFunction(expression.name);
      // safe(x) is whatever x is.
      return found === undefined || found.key === 'safe' ? 'unknown' : found.signature.returns;
    }
    case 'field': {
      const definition = definitionOf(expression, context);
      if (definition === null) return 'unknown';
      if (definition === 'unmapped') return expression.optional && context.schema?.strict === true ? 'null' : 'unknown';
      return TYPE_OF_KIND[definition.kind];
    }
    case 'variable':
      return 'unknown';
  }
}

/** Whether values of the two types can be compared with each other at all. */
export function areComparable(left: ValueType, right: ValueType): boolean {
  if (left === right || left === 'unknown' || right === 'unknown' || left === 'null' || right === 'null') return true;
  // Dates, addresses and versions are written as text in a query, dates also as epoch milliseconds.
  const pair = new Set([left, right]);
  if (pair.has('string')) return pair.has('date') || pair.has('ip') || pair.has('version');
  return pair.has('date') && pair.has('number');
}

/** A type in a message. */
export function describeType(type: ValueType): string {
  switch (type) {
    case 'null':
      return 'null';
    case 'unknown':
      return 'a value';
    case 'ip':
    case 'object':
      return `an ${type === 'ip' ? 'IP address' : type}`;
    default:
      return `a ${type}`;
  }
}
