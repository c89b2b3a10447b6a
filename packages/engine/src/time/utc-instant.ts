import type { Timestamp } from './timestamp.js';

const ZERO = 0x30;

/** The shortest text of the form, `2024-05-31T12:34:56Z`, and the longest, with nine fraction digits. */
const SHORTEST = 20;
const LONGEST = 30;

/**
 * Reads the form in which nearly every event has its time, `2024-05-31T12:34:56.789Z` with none or up to nine fraction
 * digits, at less than half the cost of the general reader. `null` for any other text, which may still be a timestamp.
 */
export function parseUtcInstant(text: string): Timestamp | null {
  const end = text.length - 1;
  if (text.length < SHORTEST || text.length > LONGEST || !hasSeparators(text, end)) return null;
  const year = readDigits(text, 0, 4);
  const month = readDigits(text, 5, 7);
  const day = readDigits(text, 8, 10);
  const hour = readDigits(text, 11, 13);
  const minute = readDigits(text, 14, 16);
  const second = readDigits(text, 17, 19);
  // Date.UTC reads years below 100 as those of the twentieth century.
  if (year < 100 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return null;
  const nanoseconds = readFraction(text, end);
  if (nanoseconds < 0) return null;
  const secondMs = Date.UTC(year, month - 1, day, hour, minute, second);
  if (day > 28 && new Date(secondMs).getUTCDate() !== day) return null;
  return { ms: secondMs + Math.floor(nanoseconds / 1_000_000), ns: nanoseconds % 1_000_000 };
}

function hasSeparators(text: string, end: number): boolean {
  return (
    text[end] === 'Z' &&
    text[4] === '-' &&
    text[7] === '-' &&
    text[10] === 'T' &&
    text[13] === ':' &&
    text[16] === ':' &&
    (end === 19 || (text[19] === '.' && end > 20))
  );
}

/** The fraction of the second in nanoseconds, or -1. */
function readFraction(text: string, end: number): number {
  if (end === 19) return 0;
  const digits = readDigits(text, 20, end);
  return digits < 0 ? -1 : digits * 10 ** (29 - end);
}

/** The number that the digits from `start` up to `end` spell, or -1. */
function readDigits(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
