import { randomUUID } from 'node:crypto';
import type { JsonValue } from '@eqlkit/engine';

const LONG_DIGITS = /[:[,]\s*-?\d{16}/u;
/** A quote, or digits that may be an integer too long for a double. */
const QUOTE_OR_DIGITS = /"|-?\d{16,}/gu;
const BEFORE_VALUE = /[:[,\s]/u;
/** Integers of more digits come out as `JSON.parse` reads them: nothing needs them exactly, and they take long. */
const MAX_DIGITS = 1_000;
/** Begins the strings that stand for big integers for a moment; no event can know it. */
const MARK = `${randomUUID()}:`;

/** Whether JSON text may hold an integer that a double cannot: quick, and wrong only by answering yes too often. */
export function mayHoldBigInteger(text: string): boolean {
  return LONG_DIGITS.test(text);
}

/** Whether a document decoded by `JSON.parse` holds an integer whose digits may have been rounded. */
export function holdsUnsafeInteger(value: JsonValue): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsUnsafeInteger);
}

/**
 * Decodes JSON like `JSON.parse`, except that integers beyond the safe range of a double become bigint. Numbers with a
 * fraction or exponent stay numbers. The text must be valid JSON that is not nested too deeply for recursion.
 */
export function parseWithBigIntegers(text: string): unknown {
  return unmark(JSON.parse(markBigIntegers(text)) as Mutable);
}

/** Decodes any JSON value like `JSON.parse`, but for integers beyond the safe range of a double, which become bigint. */
export function parseExactJson(text: string): JsonValue {
  const value = JSON.parse(text) as JsonValue;
  if (!holdsUnsafeInteger(value)) return value;
  const [exact] = parseWithBigIntegers(`[${text}]`) as readonly JsonValue[];
  return exact ?? null;
}

/** Makes a string, which begins with the mark, of each big integer. */
function markBigIntegers(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  QUOTE_OR_DIGITS.lastIndex = 0;
  for (let found = QUOTE_OR_DIGITS.exec(text); found !== null; found = QUOTE_OR_DIGITS.exec(text)) {
    const [literal] = found;
    if (literal === '"') {
      QUOTE_OR_DIGITS.lastIndex = endOfString(text, found.index);
      continue;
    }
    const end = found.index + literal.length;
    if (!isBigInteger(text, found.index, end)) continue;
    parts.push(text.slice(copied, found.index), '"', MARK, literal, '"');
    copied = end;
  }
  return parts.join('') + text.slice(copied);
}

/** Where the string ends that begins at a quote. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return end + 1;
  }
  return text.length;
}

/** Whether digits are a whole number, not a part of one, and a double would round it. */
function isBigInteger(text: string, start: number, end: number): boolean {
  if (!BEFORE_VALUE.test(text.charAt(start - 1)) || /[.eE]/u.test(text.charAt(end))) return false;
  return end - start <= MAX_DIGITS && !Number.isSafeInteger(Number(text.slice(start, end)));
}

/** A document that is still being made. */
type Mutable = JsonValue | Mutable[] | { [key: string]: Mutable };

function unmark(value: Mutable): Mutable {
  if (typeof value === 'string') return value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list: Mutable[] = value;
    for (let index = 0; index < list.length; index += 1) list[index] = unmark(list[index] ?? null);
    return list;
  }
  const object = value as { [key: string]: Mutable };
  for (const key of Object.keys(object)) {
    const made = unmark(object[key] ?? null);
    // An assignment to `__proto__` would set the prototype instead.
    if (key !== '__proto__') object[key] = made;
    else Object.defineProperty(object, key, { value: made, configurable: true, enumerable: true, writable: true });
  }
  return object;
}
