import { isUtf8 } from 'node:buffer';
import type { JsonObject } from '@eqlkit/engine';
import { holdsUnsafeInteger, mayHoldBigInteger, parseWithBigIntegers } from './big-integers.js';
import { MAX_DETAIL_LENGTH } from './event-problem.js';
import { explainInvalidLine } from './explain-invalid-line.js';
import { isTooDeep, MAX_JSON_DEPTH } from './json-depth.js';
import { printableText } from './printable-text.js';

/** An event decoded from a line, or why there is none. */
export type DecodedLine =
  | { readonly kind: 'event'; readonly event: JsonObject; readonly hasInvalidUtf8: boolean }
  | { readonly kind: 'invalid-json' | 'not-an-object'; readonly detail: string };

/**
 * Decodes the line in `buffer` from `start` to `end` (exclusive), a JSON object in UTF-8. Integers beyond the safe range
 * of a double become bigint, exactly; the last of duplicate keys wins; `__proto__` is a key like any other. Bytes that
 * are not UTF-8 read as U+FFFD. Never throws.
 */
export function decodeEventLine(buffer: Buffer, start: number, end: number): DecodedLine {
  let text = '';
  try {
    text = buffer.toString('utf8', start, end);
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value)) return notAnObject(buffer.subarray(start, end), text, value);
    if (isTooDeep(value, text.length)) {
      return { kind: 'invalid-json', detail: `nested more than ${String(MAX_JSON_DEPTH)} levels deep` };
    }
    return {
      kind: 'event',
      event: withExactIntegers(value, text),
      hasInvalidUtf8: text.includes('\ufffd') && !isUtf8(buffer.subarray(start, end)),
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const detail = explainInvalidLine(buffer.subarray(start, end), text, message);
    return { kind: 'invalid-json', detail: printableText(detail, MAX_DETAIL_LENGTH) };
  }
}

function withExactIntegers(value: JsonObject, text: string): JsonObject {
  if (!mayHoldBigInteger(text) || !holdsUnsafeInteger(value)) return value;
  const exact = parseWithBigIntegers(text);
  return isJsonObject(exact) ? exact : value;
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notAnObject(bytes: Buffer, text: string, value: unknown): DecodedLine {
  const type = value === null ? 'null' : `a ${typeof value}`;
  const detail = `the line is ${type}, not a JSON object`;
  return { kind: 'not-an-object', detail: Array.isArray(value) ? explainInvalidLine(bytes, text, detail) : detail };
}
