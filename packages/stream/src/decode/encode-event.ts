import { isJsonList, type JsonObject, type JsonValue } from '@eqlkit/engine';

/**
 * Encodes an event as one line of JSON. Bigints become plain digits, so that decoding and encoding keep every integer;
 * line breaks cannot occur. Throws `RangeError` for an object nested many thousand levels deep, which no decoded event
 * is.
 */
export function encodeEvent(event: JsonObject): string {
  return encodeJson(event);
}

/** The same for any JSON value. */
export function encodeJson(value: JsonValue): string {
  return holdsBigInteger(value) ? encodeValue(value) : JSON.stringify(value);
}

function holdsBigInteger(value: JsonValue): boolean {
  if (typeof value === 'bigint') return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsBigInteger);
}

function encodeValue(value: JsonValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isJsonList(value)) return `[${value.map(encodeValue).join(',')}]`;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${encodeValue(member)}`);
  return `{${members.join(',')}}`;
}
