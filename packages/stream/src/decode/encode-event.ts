import type { JsonObject, JsonValue } from '@eqlkit/engine';

/**
 * Encodes an event as one line of JSON. Bigints become plain digits, so that decoding and encoding keep every integer;
 * line breaks cannot occur. Throws `RangeError` for an object nested many thousand levels deep, which no decoded event
 * is.
 */
export function encodeEvent(event: JsonObject): string {
  return holdsBigInteger(event) ? encodeValue(event) : JSON.stringify(event);
}

function holdsBigInteger(value: JsonValue): boolean {
  if (typeof value === 'bigint') return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsBigInteger);
}

function encodeValue(value: JsonValue): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(encodeValue).join(',')}]`;
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${encodeValue(member)}`);
  return `{${members.join(',')}}`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
