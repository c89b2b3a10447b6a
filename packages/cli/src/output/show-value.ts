import { readField, type JsonObject, type JsonValue } from '@eqlkit/engine';
import { showJson } from './show-json.js';

/** A value for people, as `showJson` writes it; nothing for null and for what is not there. */
export function showValue(value: JsonValue | undefined): string {
  return value === null || value === undefined ? '' : showJson(value);
}

/** The value of an event's field for people; empty if it has none. */
export function showField(event: JsonObject, field: string): string {
  return showValue(readField(event, field));
}
