import type { JsonObject, JsonValue } from '@eqlkit/engine';
import { didYouMean } from '@eqlkit/language';
import type { TomlPath } from './toml-positions.js';

/** The keys of a table, and the tables in it, single or in lists. */
export interface KnownTable {
  readonly keys: ReadonlySet<string>;
  readonly tables?: Readonly<Record<string, KnownTable>>;
}

/** A table with keys, separated by blanks, and tables in it. */
export const knownTable = (keys: string, tables: Readonly<Record<string, KnownTable>> = {}): KnownTable => ({
  keys: new Set([...keys.split(' ').filter((key) => key !== ''), ...Object.keys(tables)]),
  tables,
});

/** A key that is nearly the name of a known one. */
export interface MisspeltKey {
  readonly path: TomlPath;
  readonly key: string;
  /** The table that has it, as files name it. */
  readonly place: string;
  readonly near: string;
}

/** The keys in a table, and in the tables in it, that are nearly known ones; keys that resemble none are taken for own ones. */
export function* misspeltKeysIn(
  table: JsonObject,
  { keys, tables = {} }: KnownTable,
  path: TomlPath = [],
): Iterable<MisspeltKey> {
  const place = path.length === 0 ? 'The file' : `[${path.filter((part) => typeof part === 'string').join('.')}]`;
  for (const [key, value] of Object.entries(table)) {
    const inner = Object.hasOwn(tables, key) ? tables[key] : undefined;
    if (inner !== undefined) {
      for (const [found, at] of tablesOf(value, [...path, key])) yield* misspeltKeysIn(found, inner, at);
    }
    const near = keys.has(key) ? undefined : didYouMean(key, keys);
    if (near !== undefined) yield { path: [...path, key], key, place, near };
  }
}

/** A table, or the tables of a list, with their places. */
function tablesOf(value: JsonValue, path: TomlPath): readonly (readonly [JsonObject, TomlPath])[] {
  if (isTable(value)) return [[value, path]];
  const items: readonly JsonValue[] = Array.isArray(value) ? (value as readonly JsonValue[]) : [];
  return items.flatMap((item, index) => (isTable(item) ? [[item, [...path, index]] as const] : []));
}

function isTable(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
