import type { JsonObject, JsonValue } from '../values/value.js';

/** Finds what an event holds under a field's path; several findings come as an array. */
export type FieldReader = (event: JsonObject) => JsonValue | undefined;

/** One way to spell the rest of a path: take this key, then go on with the parts from `next` on. */
interface Spelling {
  readonly key: string;
  /** The key also names something of every JavaScript object, so that only an own property counts. */
  readonly inherited: boolean;
  readonly next: number;
}

/**
 * Compiles a path into a reader that finds it nested (`{"process":{"name":…}}`), dotted (`{"process.name":…}`) and
 * mixed, and looks through arrays of objects as Elasticsearch does.
 */
export function compileFieldReader(path: readonly string[]): FieldReader {
  const spellings = path.map((_, from): readonly Spelling[] =>
    path.slice(from).map((_part, length) => {
      const key = path.slice(from, from + length + 1).join('.');
      return { key, inherited: key in Object.prototype, next: from + length + 1 };
    }),
  );

  function readFrom(container: JsonObject, from: number): JsonValue | undefined {
    let found: JsonValue | undefined;
    const ways = spellings[from];
    if (ways === undefined) return undefined;
    for (const way of ways) {
      if (way.inherited && !Object.hasOwn(container, way.key)) continue;
      const child = container[way.key];
      if (child === undefined) continue;
      const value = way.next === path.length ? child : descend(child, way.next);
      if (value !== undefined) found = found === undefined ? value : [found, value];
    }
    return found;
  }

  function descend(child: JsonValue, from: number): JsonValue | undefined {
    if (typeof child !== 'object' || child === null) return undefined;
    if (!Array.isArray(child)) return readFrom(child as JsonObject, from);
    const values: JsonValue[] = [];
    for (const element of child as readonly JsonValue[]) {
      // Arrays right inside arrays hold no fields of their own in a document, so they are not looked into.
      if (typeof element !== 'object' || element === null || Array.isArray(element)) continue;
      const value = readFrom(element as JsonObject, from);
      if (value !== undefined) values.push(value);
    }
    return values.length === 0 ? undefined : values;
  }

  return (event) => readFrom(event, 0);
}

/** Reads one field of an event by its dotted name; compile a reader instead where many events are read. */
export function readField(event: JsonObject, name: string): JsonValue | undefined {
  return compileFieldReader(name.split('.'))(event);
}
