import { compileFieldReader, isJsonList, type JsonObject, type JsonValue } from '@eqlkit/engine';

/** Reads one field of an event: its value, or `null` where the event has none. */
export type ValueReader = (event: JsonObject) => JsonValue;

/** Compiles a reader of the field with a dotted path, which finds it wherever `compileFieldReader` of the engine does. */
export function compileValueReader(path: string): ValueReader {
  const read = compileFieldReader(path.split('.'));
  return (event) => onlyValue(read(event));
}

/** What a field holds: nulls in a list are nothing, and a list of one value is that value. Absent is `null`. */
export function onlyValue(found: JsonValue | undefined): JsonValue {
  if (found === undefined) return null;
  if (!isJsonList(found)) return found;
  const values = found.filter((value) => value !== null);
  return values.length > 1 ? values : (values[0] ?? null);
}
