import { isJsonList, type JsonObject, type JsonValue } from '@eqlkit/engine';

/** What is still to be written: text as it stands, or a value. */
type Pending = { readonly text: string } | { readonly value: JsonValue };

/**
 * Writes a value as JSON in one way only: keys in the order of their UTF-16 units, no spaces, whole numbers of any size
 * as digits. Takes any depth of nesting, as it does not recurse.
 */
export function canonicalJson(value: JsonValue): string {
  const written: string[] = [];
  const pending: Pending[] = [{ value }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('text' in next) written.push(next.text);
    else if (typeof next.value === 'object' && next.value !== null) pushParts(pending, next.value);
    else written.push(scalarJson(next.value));
  }
  return written.join('');
}

function pushParts(pending: Pending[], value: readonly JsonValue[] | JsonObject): void {
  const parts: Pending[] = [];
  if (isJsonList(value)) {
    for (const item of value) parts.push({ text: parts.length === 0 ? '[' : ',' }, { value: item });
    parts.push({ text: parts.length === 0 ? '[]' : ']' });
  } else {
    for (const key of Object.keys(value).sort()) {
      parts.push({ text: `${parts.length === 0 ? '{' : ','}${JSON.stringify(key)}:` }, { value: value[key] ?? null });
    }
    parts.push({ text: parts.length === 0 ? '{}' : '}' });
  }
  for (const part of parts.reverse()) pending.push(part);
}

function scalarJson(value: string | number | bigint | boolean | null): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
