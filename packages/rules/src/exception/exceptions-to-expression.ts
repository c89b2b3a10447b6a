import { parseTimestamp } from '@eqlkit/engine';
import type { ExpressionNode } from '@eqlkit/language';
import {
  all,
  any,
  equals,
  equalsOneOf,
  eventField,
  isIn,
  isPresent,
  negate,
  someElement,
} from '../filter/expression-builder.js';
import type { FilterScope } from '../filter/filter-scope.js';
import { wildcardToExpression } from '../filter/wildcard-to-expression.js';
import type { ExceptionEntry, ExceptionItem } from './exception-list.js';

/**
 * The condition that no exception applies: none of the items has all its entries fulfilled. Items that have expired do
 * not count.
 *
 * @param nowMs - Milliseconds since the epoch; if it is not known, no item has expired.
 */
export function exceptionsToExpression(
  items: readonly ExceptionItem[],
  nowMs: number | undefined,
  scope: FilterScope,
): ExpressionNode | null {
  const applicable = items.filter((item) => item.entries.length > 0 && !hasExpired(item, nowMs));
  if (applicable.length === 0) return null;
  return negate(any(applicable.map((item) => itemToExpression(item, scope))));
}

function hasExpired({ expireTime }: ExceptionItem, nowMs: number | undefined): boolean {
  const time = expireTime === null ? null : parseTimestamp(expireTime);
  return time !== null && nowMs !== undefined && time.ms <= nowMs;
}

function itemToExpression({ entries, osTypes }: ExceptionItem, scope: FilterScope): ExpressionNode {
  const conditions = entries.map((entry) => entryToExpression(entry, scope));
  if (osTypes.length === 0) return all(conditions);
  const system = any([
    isIn(eventField('host.os.type'), osTypes, true),
    isIn(eventField('host.os.name.caseless'), osTypes, true),
  ]);
  return all([system, ...conditions]);
}

function entryToExpression(entry: ExceptionEntry, scope: FilterScope): ExpressionNode {
  if (entry.type === 'nested') {
    const { field, entries } = entry;
    const inner = scope.inside(field);
    // The fields of a nested entry are named from the array on.
    const conditions = entries.map((one) => entryToExpression({ ...one, field: `${field}.${one.field}` }, inner.scope));
    return someElement(scope.operand(field), inner.variable, all(conditions));
  }
  const condition = conditionOf(entry, scope);
  return entry.operator === 'excluded' ? negate(condition) : condition;
}

function conditionOf(entry: Exclude<ExceptionEntry, { type: 'nested' }>, scope: FilterScope): ExpressionNode {
  const operand = scope.operand(entry.field);
  switch (entry.type) {
    case 'match':
      return equals(operand, entry.value);
    case 'match_any':
      return equalsOneOf(operand, entry.value);
    case 'wildcard':
      return wildcardToExpression(operand, entry.value, false);
    case 'exists':
      return isPresent(operand);
  }
}
