import { canonicalJson } from '@eqlkit/rules';
import type { JsonValue } from '@eqlkit/engine';
import { printableText } from '@eqlkit/stream';

/** Longest value that is shown whole unless the caller says otherwise. */
const SHOWN_LENGTH = 100;

/** A value for people: text as it is, an array of one as its element, everything else as JSON; no control characters. */
export function showJson(value: JsonValue, maxLength = SHOWN_LENGTH): string {
  const only = Array.isArray(value) && value.length === 1 ? (value[0] as JsonValue) : value;
  return printableText(typeof only === 'string' ? only : canonicalJson(only), maxLength);
}
