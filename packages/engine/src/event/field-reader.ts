import { MAX_PATH_PARTS } from '@eqlkit/language';
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
 * mixed, and looks through arrays of objects as Elasticsearch does. A path that is longer than a query may write finds
 * nothing: it has too many spellings.
 */
export function compileFieldReader(path: readonly string[]): FieldReader {
  if (path.length > MAX_PATH_PARTS) return () => undefined;
  const spellings = spellingsOf(path);

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

/** For each part of a path, the ways to spell what is left from there on. */
function spellingsOf(path: readonly string[]): readonly (readonly Spelling[])[] {
  const name = path.join('.');
  const starts: number[] = [];
  let start = 0;
  for (const part of path) {
    starts.push(start);
    start += part.length + 1;
  }
  starts.push(start);
  // Keys are cut out of the one name: joined anew, those of a long path would take far more memory than the path.
  return path.map((_, from) =>
    path.slice(from).map((_part, length): Spelling => {
      const next = from + length + 1;
      const key = name.slice(starts[from], (starts[next] ?? 0) - 1);
      return { key, inherited: key in Object.prototype, next };
    }),
  );
}

/** Reads one field of an event by its dotted name; compile a reader instead where many events are read. */
export function readField(event: JsonObject, name: string): JsonValue | undefined {
  return compileFieldReader(name.split('.'))(event);
}
