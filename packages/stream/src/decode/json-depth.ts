import type { JsonObject, JsonValue } from '@eqlkit/engine';

/** Deepest nesting of objects and lists that an event may have, as in Elasticsearch's own JSON reader. */
export const MAX_JSON_DEPTH = 1000;

/**
 * Whether `value`, decoded from a text of `textLength` characters, is nested more than {@link MAX_JSON_DEPTH} deep.
 * Code behind the decoder may recurse over events, so a hostile one must not get there.
 */
export function isTooDeep(value: JsonObject, textLength: number): boolean {
  // Each level takes two brackets at least: most lines are too short to be too deep.
  return textLength > 2 * MAX_JSON_DEPTH && isDeeperThan(value, MAX_JSON_DEPTH);
}

function isDeeperThan(value: JsonValue, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const child of Object.values(value)) {
    if (isDeeperThan(child, levels - 1)) return true;
  }
  return false;
}
