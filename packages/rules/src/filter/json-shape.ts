import type { JsonObject, JsonValue } from '@eqlkit/engine';
import type { Constant } from './expression-builder.js';

/** A list, or one thing as a list of its own; nothing for `undefined`. */
export function asItems(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly JsonValue[]) : [value];
}

/** Whether a value is text, a number or a truth value. */
export function isConstant(value: JsonValue | undefined): value is Constant {
  return value !== undefined && value !== null && typeof value !== 'object';
}

/** The value of an own key. */
export function valueOf(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Whether a JSON value says yes: `true`, or the word. */
export function isTrue(value: JsonValue | undefined): boolean {
  return value === true || value === 'true';
}
