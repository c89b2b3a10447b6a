import type { JsonObject, JsonValue } from '@eqlkit/engine';

/** Reads one field of an event: its value, or `null` where the event has none. */
export type FieldReader = (event: JsonObject) => JsonValue;

/**
 * Compiles a reader of the field with a dotted path. It finds the field in nested objects (`{"event":{"category":1}}`),
 * under a dotted key (`{"event.category":1}`) and in any mixture; only own properties count. A list of one value is that
 * value.
 */
export function compileFieldReader(path: string): FieldReader {
  const read = compileReader(path.split('.'));
  return (event) => onlyValue(read(event));
}

/** A list of one value is that value. */
export function onlyValue(value: JsonValue): JsonValue {
  return isList(value) && value.length === 1 ? (value[0] ?? null) : value;
}

function compileReader(segments: readonly string[]): FieldReader {
  const wholeKey = segments.join('.');
  const nested = segments.slice(1).map((_, index) => ({
    key: segments.slice(0, index + 1).join('.'),
    read: compileReader(segments.slice(index + 1)),
  }));
  return (event) => {
    const direct = ownValue(event, wholeKey);
    if (direct !== null) return direct;
    for (const { key, read } of nested) {
      const child = ownValue(event, key);
      if (typeof child !== 'object' || child === null || isList(child)) continue;
      const value = read(child);
      if (value !== null) return value;
    }
    return null;
  };
}

function ownValue(object: JsonObject, key: string): JsonValue {
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
