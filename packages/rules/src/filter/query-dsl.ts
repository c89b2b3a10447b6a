import { isJsonObject, type JsonObject, type JsonValue } from '@eqlkit/engine';
import type { ExpressionNode } from '@eqlkit/language';
import { all, any, isPresent, literal, negate, someElement } from './expression-builder.js';
import type { FilterScope } from './filter-scope.js';
import { asItems, valueOf } from './json-shape.js';
import { FIELD_QUERIES } from './field-queries.js';

/** Translates a query of Elasticsearch's query DSL. What is not understood is reported to the scope. */
export function translateQuery(query: JsonValue | undefined, scope: FilterScope): ExpressionNode {
  const kinds = isJsonObject(query) ? Object.keys(query) : [];
  const [kind] = kinds;
  if (!isJsonObject(query) || kind === undefined || kinds.length > 1) {
    scope.report('A query is a table with one key, which is its kind, such as match_phrase.');
    return literal(true);
  }
  return translateKind(kind, valueOf(query, kind), scope.at(kind));
}

/** The kinds of query that are understood. */
const QUERY_KINDS: readonly string[] = [
  ...['bool', 'constant_score', 'exists', 'match_all', 'match_none', 'nested'],
  ...FIELD_QUERIES.keys(),
].sort();

/** Whether a key is the name of a kind of query that is understood. */
export function isQueryKind(key: string): boolean {
  return QUERY_KINDS.includes(key);
}

function translateKind(kind: string, body: JsonValue | undefined, scope: FilterScope): ExpressionNode {
  const ofField = FIELD_QUERIES.get(kind);
  if (ofField === undefined && !isQueryKind(kind)) {
    scope.report(`Queries of the kind "${kind}" are not supported: use ${QUERY_KINDS.join(', ')}.`);
    return literal(true);
  }
  if (!isJsonObject(body)) {
    scope.report(`"${kind}" takes a table.`);
    return literal(true);
  }
  if (ofField !== undefined) return ofField(body, scope);
  switch (kind) {
    case 'match_all':
      return literal(true);
    case 'match_none':
      return literal(false);
    case 'exists':
      return translateExists(body, scope);
    case 'constant_score':
      return translateQuery(valueOf(body, 'filter'), scope.at('filter'));
    case 'nested':
      return translateNested(body, scope);
    default:
      return translateBool(body, scope);
  }
}

function translateExists(body: JsonObject, scope: FilterScope): ExpressionNode {
  const name = valueOf(body, 'field');
  if (typeof name === 'string' && name !== '') return isPresent(scope.operand(name));
  scope.report('"exists" names a field: { field = "…" }.');
  return literal(true);
}

/** Elements of an array of objects are looked at one by one. */
function translateNested(body: JsonObject, scope: FilterScope): ExpressionNode {
  const path = valueOf(body, 'path');
  if (typeof path !== 'string' || path === '') {
    scope.report('"nested" names the array: { path = "…", query = { … } }.');
    return literal(true);
  }
  const inner = scope.inside(path);
  return someElement(
    scope.operand(path),
    inner.variable,
    translateQuery(valueOf(body, 'query'), inner.scope.at('query')),
  );
}

const BOOL_KEYS = ['must', 'filter', 'should', 'must_not', 'minimum_should_match', 'boost', '_name'];

function translateBool(body: JsonObject, scope: FilterScope): ExpressionNode {
  for (const key of Object.keys(body)) {
    if (!BOOL_KEYS.includes(key)) scope.report(`"bool" has no key "${key}": it has ${BOOL_KEYS.join(', ')}.`);
  }
  const clauses = (key: string): readonly ExpressionNode[] => {
    const value = valueOf(body, key);
    // One clause may stand without a list.
    return asItems(value).map((clause, index) =>
      translateQuery(clause, Array.isArray(value) ? scope.at(key, index) : scope.at(key)),
    );
  };
  const required = [...clauses('must'), ...clauses('filter')];
  const alternatives = clauses('should');
  const excluded = clauses('must_not').map(negate);
  return all([...required, ...enough(alternatives, required.length > 0, body, scope), ...excluded]);
}

/** The condition that as many alternatives hold as `minimum_should_match` says; nothing if none has to. */
function enough(
  alternatives: readonly ExpressionNode[],
  othersRequired: boolean,
  body: JsonObject,
  scope: FilterScope,
): readonly ExpressionNode[] {
  const wanted = valueOf(body, 'minimum_should_match');
  const minimum = wanted === undefined ? (othersRequired || alternatives.length === 0 ? 0 : 1) : Number(wanted);
  if (minimum === 0) return [];
  if (minimum === 1) return [any(alternatives)];
  if (minimum === alternatives.length) return [all(alternatives)];
  scope.report('"minimum_should_match" is 0, 1, or the number of alternatives.');
  return [];
}
