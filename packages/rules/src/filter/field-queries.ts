import { isJsonObject, type JsonObject, type JsonValue } from '@eqlkit/engine';
import type { ExpressionNode } from '@eqlkit/language';
import {
  all,
  call,
  compare,
  equals,
  equalsOneOf,
  isIn,
  literal,
  matches,
  type Constant,
  type Operand,
} from './expression-builder.js';
import type { FilterScope } from './filter-scope.js';
import { asItems, isConstant, isTrue, valueOf } from './json-shape.js';
import { wildcardToExpression } from './wildcard-to-expression.js';

/** Translates the body of a query on one field. */
type FieldQuery = (body: JsonObject, scope: FilterScope) => ExpressionNode;

/** Queries that look at the value of one field, by kind. */
export const FIELD_QUERIES: ReadonlyMap<string, FieldQuery> = new Map<string, FieldQuery>([
  ['match', onValue(['query', 'value'], ['type', 'operator'], ({ operand, value }) => equals(operand, value))],
  ['match_phrase', onValue(['query', 'value'], ['slop'], ({ operand, value }) => equals(operand, value))],
  ['term', onValue(['value'], ['case_insensitive'], translateTerm)],
  ['terms', translateTerms],
  ['prefix', onText(['value'], ({ operand, text, folds }) => call('startsWith', [operand, literal(text)], folds))],
  ['wildcard', onText(['value', 'wildcard'], ({ operand, text, folds }) => wildcardToExpression(operand, text, folds))],
  ['regexp', onText(['value'], ({ operand, text, folds }) => matches(operand, folds ? 'regex~' : 'regex', text))],
  ['range', translateRange],
]);

/** Keys that change how results are scored, which filters do not care about. */
const IDLE_KEYS = ['boost', '_name', 'rewrite', 'max_determinized_states', 'lenient'];

interface ValueQuery {
  readonly operand: Operand;
  readonly value: Constant;
  readonly folds: boolean;
}

/** `{ field = value }` or `{ field = { query = value, … } }`. */
function onValue(
  valueKeys: readonly string[],
  otherKeys: readonly string[],
  translate: (query: ValueQuery) => ExpressionNode,
): FieldQuery {
  return (body, scope) => {
    const entry = onlyField(body, scope);
    if (entry === null) return literal(true);
    const { name, argument, inner } = entry;
    const options = isJsonObject(argument) ? argument : {};
    const value = isJsonObject(argument) ? valueKeys.map((key) => valueOf(argument, key)).find(isConstant) : argument;
    reportOthers(options, [...valueKeys, ...otherKeys], inner);
    if (!isConstant(value)) {
      inner.report('The value is text, a number, true or false.');
      return literal(true);
    }
    return translate({ operand: scope.operand(name), value, folds: isTrue(valueOf(options, 'case_insensitive')) });
  };
}

function onText(
  valueKeys: readonly string[],
  translate: (query: { operand: Operand; text: string; folds: boolean }) => ExpressionNode,
): FieldQuery {
  return onValue(valueKeys, ['case_insensitive', 'flags'], ({ operand, value, folds }) =>
    translate({ operand, text: String(value), folds }),
  );
}

function translateTerm({ operand, value, folds }: ValueQuery): ExpressionNode {
  return folds && typeof value === 'string' ? isIn(operand, [value], true) : equals(operand, value);
}

function translateTerms(body: JsonObject, scope: FilterScope): ExpressionNode {
  const entry = onlyField(body, scope);
  if (entry === null) return literal(true);
  const values = asItems(entry.argument);
  if (!Array.isArray(entry.argument) || !values.every(isConstant)) {
    entry.inner.report('"terms" takes a list of texts, numbers, true and false.');
    return literal(true);
  }
  return equalsOneOf(scope.operand(entry.name), values);
}

const BOUNDS = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const;
const ZONES_OF_UTC = ['UTC', 'Z', '+00:00', '+0000', 'GMT'];
/** What an ISO date or date math begins with. */
const DATE_TEXT = /^(?:now|\d{4}-\d{2}|\d{4}.*\|\|)/u;

function translateRange(body: JsonObject, scope: FilterScope): ExpressionNode {
  const entry = onlyField(body, scope);
  if (entry === null) return literal(true);
  const { name, argument, inner } = entry;
  if (!isJsonObject(argument)) {
    inner.report('"range" takes bounds, such as { gte = 1, lt = 10 }.');
    return literal(true);
  }
  reportOthers(argument, [...Object.keys(BOUNDS), 'format', 'time_zone', 'relation'], inner);
  const zone = valueOf(argument, 'time_zone');
  if (zone !== undefined && !ZONES_OF_UTC.some((utc) => utc === zone)) inner.report('"time_zone" can be UTC only.');
  const bounds = Object.entries(BOUNDS).flatMap(([key, operator]) => {
    const bound = valueOf(argument, key);
    if (bound === undefined || bound === null) return [];
    if (!isConstant(bound)) {
      inner.report(`"${key}" takes text or a number.`);
      return [];
    }
    const operand = scope.operand(name);
    if (operand.kind === 'field' && typeof bound === 'string' && DATE_TEXT.test(bound)) scope.noteDate(name);
    return [compare(operand, operator, bound)];
  });
  if (bounds.length === 0) inner.report(`A range needs a bound: ${Object.keys(BOUNDS).join(', ')}.`);
  return all(bounds);
}

/** The one field that the body of a query names. */
function onlyField(
  body: JsonObject,
  scope: FilterScope,
): { name: string; argument: JsonValue; inner: FilterScope } | null {
  const [entry, ...others] = Object.entries(body).filter(([key]) => !IDLE_KEYS.includes(key));
  if (entry !== undefined && others.length === 0 && entry[0] !== '') {
    const [name, argument] = entry;
    return { name, argument, inner: scope.at(name) };
  }
  scope.report('The query names one field.');
  return null;
}

function reportOthers(options: JsonObject, known: readonly string[], scope: FilterScope): void {
  for (const key of Object.keys(options)) {
    if (!known.includes(key) && !IDLE_KEYS.includes(key)) scope.report(`The option "${key}" is not supported here.`);
  }
}
