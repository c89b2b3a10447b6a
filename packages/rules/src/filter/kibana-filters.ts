import { isJsonObject, type JsonObject, type JsonValue } from '@eqlkit/engine';
import type { ExpressionNode } from '@eqlkit/language';
import { all, any, literal, negate } from './expression-builder.js';
import type { FilterScope } from './filter-scope.js';
import { asItems, isTrue, valueOf } from './json-shape.js';
import { isQueryKind, translateQuery } from './query-dsl.js';

/** Translates filters as Kibana applies them: all of them must hold, but for those that are disabled. */
export function translateFilters(filters: readonly JsonValue[], scope: FilterScope): ExpressionNode {
  return all(filters.flatMap((filter, index) => translateFilter(filter, scope.at(index))));
}

function translateFilter(filter: JsonValue, scope: FilterScope): readonly ExpressionNode[] {
  if (!isJsonObject(filter)) {
    scope.report('A filter is a table with meta and query.');
    return [];
  }
  const meta = valueOf(filter, 'meta');
  const about = isJsonObject(meta) ? meta : {};
  if (isTrue(valueOf(about, 'disabled'))) return [];
  const condition = translateCondition(filter, about, scope);
  return [isTrue(valueOf(about, 'negate')) ? negate(condition) : condition];
}

function translateCondition(filter: JsonObject, meta: JsonObject, scope: FilterScope): ExpressionNode {
  if (valueOf(meta, 'type') === 'combined') return translateCombined(meta, scope.at('meta'));
  const query = valueOf(filter, 'query');
  if (isJsonObject(query) && Object.keys(query).length > 0) return translateQuery(query, scope.at('query'));
  // Older filters have the query itself in place of `query`.
  const kind = Object.keys(filter).find((key) => isQueryKind(key));
  if (kind !== undefined) return translateQuery({ [kind]: filter[kind] ?? null }, scope);
  return translateMeta(meta, scope.at('meta'));
}

/** Several filters joined by `and` or `or`. */
function translateCombined(meta: JsonObject, scope: FilterScope): ExpressionNode {
  const inner = asItems(valueOf(meta, 'params')).map((filter, index) =>
    all(translateFilter(filter, scope.at('params', index))),
  );
  const named = valueOf(meta, 'relation') ?? 'AND';
  const relation = typeof named === 'string' ? named.toUpperCase() : '';
  if (relation !== 'AND' && relation !== 'OR') scope.at('relation').report('The relation of filters is AND or OR.');
  return relation === 'OR' ? any(inner) : all(inner);
}

/** A filter that says what it is in `meta` only. */
function translateMeta(meta: JsonObject, scope: FilterScope): ExpressionNode {
  const type = valueOf(meta, 'type');
  const key = valueOf(meta, 'key');
  const params = valueOf(meta, 'params') ?? valueOf(meta, 'value');
  if (typeof key === 'string') {
    switch (type) {
      case 'phrase': {
        const value = isJsonObject(params) ? valueOf(params, 'query') : params;
        return translateQuery({ match_phrase: { [key]: value ?? null } }, scope);
      }
      case 'phrases':
        return translateQuery({ terms: { [key]: asItems(params) } }, scope);
      case 'exists':
        return translateQuery({ exists: { field: key } }, scope);
      case 'range':
        return translateQuery({ range: { [key]: params ?? null } }, scope);
      default:
    }
  }
  scope.report('The filter has no query, and its meta says none that is understood.');
  return literal(true);
}
