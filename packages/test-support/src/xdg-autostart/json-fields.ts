import type { JsonObject, JsonValue } from '@eqlkit/engine';

/** Whether a value is an object that has fields: neither an array nor a scalar. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Copies a nested object with the field at a dotted path set to `value`; objects on the way are created if absent. */
export function withField(object: JsonObject, path: string, value: JsonValue): JsonObject {
  const [key, rest] = splitPath(path);
  if (rest === null) return { ...object, [key]: value };
  const child = object[key];
  return { ...object, [key]: withField(isJsonObject(child) ? child : {}, rest, value) };
}

/** Copies a nested object without the field at a dotted path; a path that leads nowhere changes nothing. */
export function withoutField(object: JsonObject, path: string): JsonObject {
  const [key, rest] = splitPath(path);
  const child = object[key];
  if (rest !== null) return isJsonObject(child) ? { ...object, [key]: withoutField(child, rest) } : object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** The value at a dotted path of a nested object, `undefined` if there is none. */
function fieldAt(object: JsonObject, path: string): JsonValue | undefined {
  const [key, rest] = splitPath(path);
  const child = object[key];
  if (rest === null) return child;
  return isJsonObject(child) ? fieldAt(child, rest) : undefined;
}

/** Rewrites a nested object so that every leaf stands at the top level under its dotted path. */
export function flattenFields(object: JsonObject, prefix = ''): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]): [string, JsonValue][] =>
      isJsonObject(value) ? Object.entries(flattenFields(value, `${prefix}${key}.`)) : [[`${prefix}${key}`, value]],
    ),
  );
}

/** Moves the fields at the given dotted paths to the top level, spelled with dots, and leaves the others nested. */
export function liftFields(object: JsonObject, paths: readonly string[]): JsonObject {
  let lifted = object;
  for (const path of paths) {
    const value = fieldAt(object, path);
    if (value !== undefined) lifted = { ...withoutField(lifted, path), [path]: value };
  }
  return lifted;
}

function splitPath(path: string): readonly [string, string | null] {
  const dot = path.indexOf('.');
  return dot === -1 ? [path, null] : [path.slice(0, dot), path.slice(dot + 1)];
}
