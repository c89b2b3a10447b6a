import type { JsonObject, JsonValue } from '@eqlkit/engine';
import { TomlDate, type TomlTable, type TomlValue } from 'smol-toml';

/** How deep tables and lists may nest in a rule file. */
export const MAX_TOML_DEPTH = 100;

/**
 * Copies a parsed TOML table into plain data: dates become ISO 8601 strings, tables have no prototype. Returns `null` if
 * tables and lists nest deeper than {@link MAX_TOML_DEPTH}.
 */
export function toPlainTable(table: TomlTable): JsonObject | null {
  return plainTable(table, MAX_TOML_DEPTH);
}

function plainTable(table: TomlTable, depthLeft: number): JsonObject | null {
  if (depthLeft === 0) return null;
  const copy = Object.create(null) as Record<string, JsonValue>;
  for (const [key, value] of Object.entries(table)) {
    const plain = plainValue(value, depthLeft - 1);
    if (plain === null) return null;
    copy[key] = plain;
  }
  return copy;
}

/** TOML has no null, so `null` can stand for data that is nested too deeply. */
function plainValue(value: TomlValue, depthLeft: number): JsonValue {
  if (typeof value !== 'object') return value;
  if (value instanceof TomlDate) return value.toISOString();
  if (!Array.isArray(value)) return plainTable(value, depthLeft);
  if (depthLeft === 0) return null;
  const copy: JsonValue[] = [];
  for (const item of value) {
    const plain = plainValue(item, depthLeft - 1);
    if (plain === null) return null;
    copy.push(plain);
  }
  return copy;
}
