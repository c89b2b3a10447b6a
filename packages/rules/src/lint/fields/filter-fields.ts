import { isJsonList, isJsonObject, type JsonObject, type JsonValue } from '@eqlkit/engine';
import { FilterScope } from '../../filter/filter-scope.js';
import { translateFilters } from '../../filter/kibana-filters.js';
import type { TomlPath } from '../../toml/toml-positions.js';
import type { FieldKey } from './field-key.js';

/**
 * Every field that Kibana filters name, where they name it: as a key (`match_phrase = { "process.name" = … }`) or as a value
 * (`exists = { field = "…" }`). Disabled filters are left out.
 *
 * @param path - Where the filters stand.
 */
export function fieldsOfFilters(filters: readonly JsonObject[], path: TomlPath): readonly FieldKey[] {
  if (filters.length === 0) return [];
  const scope = FilterScope.create();
  translateFilters(filters, scope);
  return scope.fields.flatMap(({ name, path: place }) => {
    const named = nameIn(valueAt(filters, place), name) ?? nameIn(valueAt(filters, place.slice(0, -1)), name, 'key');
    if (named === null) return [];
    const table = valueAt(filters, place) === undefined ? place.slice(0, -1) : place;
    return [{ name, path: [...path, ...table, named.key], ...(named.isKey ? { part: 'key' as const } : {}) }];
  });
}

/** The key of a table that is a name, or that holds it. */
function nameIn(
  table: JsonValue | undefined,
  name: string,
  only?: string,
): { readonly key: string; readonly isKey: boolean } | null {
  if (!isJsonObject(table)) return null;
  if (Object.hasOwn(table, name)) return { key: name, isKey: true };
  const key = Object.keys(table).find((one) => table[one] === name && (only === undefined || one === only));
  return key === undefined ? null : { key, isKey: false };
}

function valueAt(value: JsonValue | undefined, path: TomlPath): JsonValue | undefined {
  let at = value;
  for (const part of path) {
    if (isJsonObject(at)) at = Object.hasOwn(at, part) ? at[part] : undefined;
    else at = isJsonList(at) && typeof part === 'number' ? at[part] : undefined;
  }
  return at;
}
