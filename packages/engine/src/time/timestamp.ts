import type { JsonValue } from '../values/value.js';
import { parseUtcInstant } from './utc-instant.js';

/** A point in time with nanosecond precision. */
export interface Timestamp {
  /** Whole milliseconds since 1970-01-01T00:00:00Z, rounded down. */
  readonly ms: number;
  /** Nanoseconds beyond that millisecond, 0 to 999,999. */
  readonly ns: number;
}

const ISO_DATE =
  /^([+-]\d{4,6}|\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ](\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9})\d*)?)?)?)?\s*(Z|z|[+-]\d{2}(?::?\d{2})?)?$/u;
const EPOCH_MS = /^[+-]?\d{1,16}$/u;

const FAR_DATE = /^[+-]?\d{5,}(?:-\d{2}){1,2}(?:[T ]|$)/u;
const DIGITS = /^[+-]?\d{5,}$/u;

/** Largest millisecond count that a JavaScript date can hold, on either side of 1970. */
export const MAX_DATE_MS = 8.64e15;

/** Largest offset from UTC that Java and ISO 8601 readers take. */
const MAX_ZONE_MINUTES = 18 * 60;

/**
 * Reads a timestamp as Elasticsearch's `strict_date_optional_time||epoch_millis` does: an ISO 8601 date with an
 * optional time (UTC unless an offset is given, up to nine fraction digits), or a number or numeric string of epoch
 * milliseconds. A four-digit string is a year. Returns `null` for anything else.
 */
export function parseTimestamp(value: JsonValue | undefined): Timestamp | null {
  if (typeof value === 'string') return parseUtcInstant(value) ?? parseTimestampText(value, 'start');
  if (typeof value === 'number') return timestampFromEpochMs(value);
  if (typeof value === 'bigint') return timestampFromEpochMs(Number(value));
  return null;
}

/**
 * Whether a value that {@link parseTimestamp} refuses is a date or an epoch all the same, but beyond the years ±271,821
 * that a timestamp can hold.
 */
export function isTimestampOutOfRange(value: JsonValue | undefined): boolean {
  if (typeof value === 'number' || typeof value === 'bigint') return Math.abs(Number(value)) > MAX_DATE_MS;
  if (typeof value !== 'string') return false;
  if (DIGITS.test(value)) return Math.abs(Number(value)) > MAX_DATE_MS;
  return FAR_DATE.test(value) && parseTimestamp(value) === null;
}

/** A timestamp from epoch milliseconds, which may have a fraction; `null` beyond the years that a date can hold. */
export function timestampFromEpochMs(epochMs: number): Timestamp | null {
  if (!Number.isFinite(epochMs) || Math.abs(epochMs) > MAX_DATE_MS) return null;
  const ms = Math.floor(epochMs);
  return { ms, ns: Math.floor((epochMs - ms) * 1e6) };
}

/**
 * Reads the textual forms of {@link parseTimestamp}. Missing parts of the time are those of the start of the day, hour
 * or minute, or else of its end, to the nanosecond; a missing month or day is the first either way.
 */
export function parseTimestampText(text: string, missingTime: 'start' | 'end'): Timestamp | null {
  const match = ISO_DATE.exec(text);
  if (match === null) return EPOCH_MS.test(text) ? timestampFromEpochMs(Number(text)) : null;
  const [latestHour, latestMinute, latestFraction] =
    missingTime === 'start' ? ['00', '00', ''] : ['23', '59', '999999999'];
  const [
    ,
    year = '',
    month = '01',
    day = '01',
    hour = latestHour,
    minute = latestMinute,
    second = latestMinute,
    fraction = latestFraction,
    zone = 'Z',
  ] = match;
  const offsetMs = zoneOffsetMs(zone);
  const monthIndex = Number(month) - 1;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), monthIndex, Number(day));
  // JavaScript rolls 31 February over into March; such a date is no date.
  if (date.getUTCMonth() !== monthIndex || date.getUTCDate() !== Number(day)) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || offsetMs === null) return null;
  const nanoseconds = Number(fraction.padEnd(9, '0'));
  const ms =
    date.setUTCHours(Number(hour), Number(minute), Number(second)) - offsetMs + Math.floor(nanoseconds / 1_000_000);
  return Math.abs(ms) <= MAX_DATE_MS ? { ms, ns: nanoseconds % 1_000_000 } : null;
}

function zoneOffsetMs(zone: string): number | null {
  if (zone === 'Z' || zone === 'z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(2));
  const total = Number(digits.slice(0, 2)) * 60 + minutes;
  if (minutes > 59 || total > MAX_ZONE_MINUTES) return null;
  return (zone.startsWith('-') ? -total : total) * 60_000;
}

/** Negative if `a` is earlier than `b`, positive if later, 0 if equal. */
export function compareTimestamps(a: Timestamp, b: Timestamp): number {
  return a.ms - b.ms || a.ns - b.ns;
}

/** Whether `later` is more than `spanMs` milliseconds after `earlier`; exactly that long after is not more. */
export function isBeyondSpan(earlier: Timestamp, later: Timestamp, spanMs: number): boolean {
  const elapsedMs = later.ms - earlier.ms;
  return elapsedMs > spanMs || (elapsedMs === spanMs && later.ns > earlier.ns);
}
