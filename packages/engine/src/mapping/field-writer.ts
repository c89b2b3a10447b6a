import { isJsonObject } from '../values/json-shape.js';
import type { JsonObject, JsonValue } from '../values/value.js';

/** An object while it is put together. */
type Draft = Record<string, JsonValue>;

/** The event with a field set, nested along its path; what was there is replaced, and other events are left alone. */
export function withField(event: JsonObject, path: readonly string[], value: JsonValue): JsonObject {
  const [name, ...rest] = path;
  if (name === undefined) return event;
  const { [name]: child } = event;
  const inner = rest.length === 0 ? value : withField(isJsonObject(child) ? child : {}, rest, value);
  return { ...withoutDotted(event, path), [name]: inner };
}

/** The event without a field, however it is spelt: nested, dotted or mixed. Objects that become empty go, too. */
export function withoutField(event: JsonObject, path: readonly string[]): JsonObject {
  let left = event;
  for (let length = 1; length <= path.length; length += 1) {
    const key = path.slice(0, length).join('.');
    if (!Object.hasOwn(left, key)) continue;
    const child = left[key];
    if (length === path.length) {
      left = withoutKey(left, key);
    } else if (isJsonObject(child)) {
      const inner = withoutField(child, path.slice(length));
      if (inner === child) continue;
      left = Object.keys(inner).length === 0 ? withoutKey(left, key) : { ...left, [key]: inner };
    }
  }
  return left;
}

/** A nested spelling replaces a dotted one at the same place, which would else be a second value. */
function withoutDotted(event: JsonObject, path: readonly string[]): JsonObject {
  if (path.length < 2) return event;
  const dotted = path.join('.');
  return Object.hasOwn(event, dotted) ? withoutKey(event, dotted) : event;
}

function withoutKey(event: JsonObject, key: string): JsonObject {
  const left: Draft = { ...event };
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the copy is ours, and an entry list would cost more
  delete left[key];
  return left;
}
