import { parseDateExpression } from '@eqlkit/engine';
import { createDiagnostic, type CheckedQuery, type Diagnostic, type ExpressionNode } from '@eqlkit/language';
import type { ExceptionList } from '../exception/exception-list.js';
import { exceptionsToExpression } from '../exception/exceptions-to-expression.js';
import { all, any, compare, eventField, isPresent, negate } from '../filter/expression-builder.js';
import { FilterScope } from '../filter/filter-scope.js';
import { translateFilters } from '../filter/kibana-filters.js';
import { narrowQuery } from '../filter/narrow-query.js';
import type { Rule } from '../model/rule.js';

/** What decides, beside a rule's query, which events it looks at. */
export interface RuleConditionOptions {
  readonly exceptionLists: readonly ExceptionList[];
  /** Whether only events between the rule's `from` and `to` count. */
  readonly lookBack: boolean;
  /** Milliseconds since the epoch. */
  readonly nowMs: number | undefined;
}

/** Where a rule looks back to unless it says so, as in Kibana. */
const DEFAULT_FROM = 'now-6m';

/** Hides from a rule's query the events that its filters, its exceptions and its look-back leave out. */
export function withRuleConditions(query: CheckedQuery, rule: Rule, options: RuleConditionOptions): CheckedQuery {
  const scope = FilterScope.create();
  const conditions: ExpressionNode[] = [];
  if (rule.filters.length > 0) conditions.push(translateFilters(rule.filters, scope));
  const exceptions = exceptionsToExpression(itemsOf(rule, options.exceptionLists), options.nowMs, scope);
  if (exceptions !== null) conditions.push(exceptions);
  if (options.lookBack) conditions.push(inLookBack(rule, scope));
  return conditions.length === 0 ? query : narrowQuery(query, all(conditions), scope.dateFields);
}

/** The lists that a rule names and that are not there. Exceptions of the endpoint are applied by the endpoint. */
export function missingExceptionLists(rule: Rule, lists: readonly ExceptionList[]): readonly string[] {
  return rule.exceptions
    .filter(
      ({ type, items, listId }) =>
        type !== 'endpoint' && items.length === 0 && !lists.some((list) => list.listId === listId),
    )
    .map(({ listId }) => listId);
}

function itemsOf(rule: Rule, lists: readonly ExceptionList[]) {
  return rule.exceptions
    .filter(({ type }) => type !== 'endpoint')
    .flatMap(({ items, listId }) => [
      ...items,
      ...lists.filter((list) => list.listId === listId).flatMap((list) => list.items),
    ]);
}

/** The override decides; `@timestamp` where an event lacks it, unless the rule rules that out. */
function inLookBack(rule: Rule, scope: FilterScope): ExpressionNode {
  const inRange = (name: string): ExpressionNode => {
    scope.noteDate(name);
    const operand = eventField(name);
    return all([compare(operand, '>=', rule.from ?? DEFAULT_FROM), compare(operand, '<=', rule.to ?? 'now')]);
  };
  const override = rule.timestampOverride;
  if (override === null) return inRange('@timestamp');
  if (rule.timestampOverrideFallbackDisabled) return inRange(override);
  return any([inRange(override), all([negate(isPresent(eventField(override))), inRange('@timestamp')])]);
}

/** What is wrong with the `from` or `to` of a rule; any point in time does for `now` there. */
export function describeLookBack({ from, to }: Rule): Diagnostic | null {
  for (const [key, value] of Object.entries({ from, to })) {
    if (value === null || parseDateExpression(value, 0) !== null) continue;
    const message = `The rule looks back, but its ${key} is no point in time: ${JSON.stringify(value)}`;
    return createDiagnostic('EQL3006', message, { start: 0, end: 0 }, { help: `Write in [rule]: ${key} = "now-9m"` });
  }
  return null;
}
