import type { JsonObject, JsonValue } from '@eqlkit/engine';
import {
  isLiteral,
  type ComparisonOperator,
  type EventQueryNode,
  type ExpressionNode,
  type FieldNode,
  type LiteralNode,
  type StatementNode,
  type SubqueryNode,
} from '@eqlkit/language';

/** Functions whose first argument is a field, and that hold if it is their second one. */
const SECOND_ARGUMENT = new Set(['startswith', 'endswith', 'stringcontains', 'wildcard', 'match', 'cidrmatch']);

/** What stands for a value of which only its presence counts. */
const ANY_TEXT = '1';

/**
 * Events that a query is likely to match: one for each stage and run, a second apart, with the values that its conditions ask
 * for. Conditions that no single value settles, such as regular expressions and sums, are passed over, so it is to be
 * tried whether the events match.
 *
 * @param startMs - The time of the first one, in milliseconds since the epoch.
 */
export function draftEvents({ query }: StatementNode, startMs: number): readonly JsonObject[] {
  return query.kind === 'event-query'
    ? [draftEvent(query, [], startMs)]
    : draftStages(
        query,
        query.stages.filter(({ missing }) => !missing),
        startMs,
      );
}

/** The same with the events that are to be missing (`![…]`) in their places; null if there are none such. */
export function draftBreakingEvents({ query }: StatementNode, startMs: number): readonly JsonObject[] | null {
  if (query.kind === 'event-query' || !query.stages.some(({ missing }) => missing)) return null;
  return draftStages(query, query.stages, startMs);
}

function draftStages(
  query: Exclude<StatementNode['query'], EventQueryNode>,
  stages: readonly SubqueryNode[],
  startMs: number,
): readonly JsonObject[] {
  return stages
    .flatMap((stage: SubqueryNode) => Array.from({ length: Math.min(stage.runs, 100) }, () => stage))
    .map((stage, index) => draftEvent(stage.query, [...query.keys, ...stage.keys], startMs + index * 1_000));
}

function draftEvent(query: EventQueryNode, keys: readonly ExpressionNode[], timeMs: number): JsonObject {
  const fields = new Map<string, JsonValue>([['@timestamp', new Date(timeMs).toISOString()]]);
  if (query.category !== null) fields.set('event.category', query.category);
  settle(query.condition, fields);
  for (const key of keys) if (key.kind === 'field') setField(key, ANY_TEXT, fields);
  return nest(fields);
}

/** Adds the fields with which a condition holds, as far as it says so plainly. */
function settle(condition: ExpressionNode, fields: Map<string, JsonValue>): void {
  switch (condition.kind) {
    case 'logical': {
      const needed = condition.operator === 'and' ? condition.operands : condition.operands.slice(0, 1);
      for (const operand of needed) settle(operand, fields);
      return;
    }
    case 'comparison': {
      const { left, right, operator } = condition;
      const value = isLiteral(right) ? valueBeside(operator, right) : null;
      if (left.kind === 'field' && value !== null) setField(left, value, fields);
      return;
    }
    case 'membership': {
      const [first] = condition.values;
      if (condition.negated || condition.operand.kind !== 'field' || first === undefined || !isLiteral(first)) return;
      setField(condition.operand, literalValue(first), fields);
      return;
    }
    case 'pattern': {
      const [first] = condition.patterns;
      if (condition.operator.startsWith('regex') || condition.operand.kind !== 'field' || first === undefined) return;
      setField(condition.operand, textLike(first), fields);
      return;
    }
    case 'call': {
      const [field, argument] = condition.arguments;
      if (!SECOND_ARGUMENT.has(condition.name.toLowerCase()) || field?.kind !== 'field') return;
      if (argument?.kind !== 'string-literal') return;
      const isNetwork = condition.name.toLowerCase() === 'cidrmatch';
      setField(field, isNetwork ? argument.value.replace(/\/.*$/u, '') : textLike(argument), fields);
      return;
    }
    case 'field':
      setField(condition, true, fields);
      return;
    case 'not':
    case 'arithmetic':
    case 'negate':
    case 'lineage':
    case 'variable':
    case 'null-literal':
    case 'boolean-literal':
    case 'number-literal':
    case 'string-literal':
      return;
  }
}

/** A value for which `value <operator> literal` holds; null if any other value, or none, does. */
function valueBeside(operator: ComparisonOperator, literal: LiteralNode): JsonValue {
  const value = literalValue(literal);
  switch (operator) {
    case '==':
    case '<=':
    case '>=':
      return value;
    case '!=':
      return value === null ? ANY_TEXT : null;
    case '<':
      return typeof value === 'number' ? value - 1 : null;
    case '>':
      return typeof value === 'number' ? value + 1 : null;
  }
}

function literalValue(literal: LiteralNode): JsonValue {
  switch (literal.kind) {
    case 'null-literal':
      return null;
    case 'number-literal':
      return Number(literal.value);
    case 'boolean-literal':
    case 'string-literal':
      return literal.value;
  }
}

/** A text that a wildcard pattern matches. */
function textLike(pattern: LiteralNode): JsonValue {
  const value = literalValue(pattern);
  return typeof value === 'string' ? value.replaceAll('*', '').replaceAll('?', 'x') || ANY_TEXT : value;
}

/** The first condition on a field wins: it is the one that names the event. */
function setField({ path }: FieldNode, value: JsonValue, fields: Map<string, JsonValue>): void {
  const name = path.filter((part) => typeof part === 'string').join('.');
  if (!fields.has(name)) fields.set(name, value);
}

/** Fields with dots as nested objects; one below a field that has a value itself is left out. */
function nest(fields: ReadonlyMap<string, JsonValue>): JsonObject {
  const event: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
  for (const [name, value] of fields) {
    const parts = name.split('.');
    const last = parts.pop() ?? name;
    let place: Record<string, JsonValue> | null = event;
    for (const part of parts) place = place === null ? null : childOf(place, part);
    if (place !== null && !(last in place)) place[last] = value;
  }
  return event;
}

function childOf(parent: Record<string, JsonValue>, name: string): Record<string, JsonValue> | null {
  const existing = (parent[name] ??= Object.create(null) as Record<string, JsonValue>);
  return typeof existing === 'object' && !Array.isArray(existing) ? (existing as Record<string, JsonValue>) : null;
}
