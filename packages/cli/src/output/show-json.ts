import { canonicalJson } from '@eqlkit/rules';
import type { JsonValue } from '@eqlkit/engine';
import { printableText } from '@eqlkit/stream';

/** Longest value that is shown whole. */
const SHOWN_LENGTH = 100;

/** A value for people: text as it is, an array of one as its element, everything else as JSON; no control characters. */
export function showJson(value: JsonValue): string {
  const only = Array.isArray(value) && value.length === 1 ? (value[0] as JsonValue) : value;
  return printableText(typeof only === 'string' ? only : canonicalJson(only), SHOWN_LENGTH);
}
