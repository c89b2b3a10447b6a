import type { JsonValue } from '../values/value.js';

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

/** Largest millisecond count that a JavaScript date can hold. */
const MAX_MS = 8.64e15;

/**
 * Reads a timestamp as Elasticsearch's `strict_date_optional_time||epoch_millis` does: an ISO 8601 date with an
 * optional time (UTC unless an offset is given, up to nine fraction digits), or a number or numeric string of epoch
 * milliseconds. A four-digit string is a year. Returns `null` for anything else.
 */
export function parseTimestamp(value: JsonValue | undefined): Timestamp | null {
  if (typeof value === 'string') return parseTimestampText(value);
  if (typeof value === 'number') return fromEpochMs(value);
  if (typeof value === 'bigint') return fromEpochMs(Number(value));
  return null;
}

function fromEpochMs(value: number): Timestamp | null {
  if (!Number.isFinite(value) || Math.abs(value) > MAX_MS) return null;
  const ms = Math.floor(value);
  return { ms, ns: Math.floor((value - ms) * 1e6) };
}

function parseTimestampText(text: string): Timestamp | null {
  const match = ISO_DATE.exec(text);
  if (match === null) return EPOCH_MS.test(text) ? fromEpochMs(Number(text)) : null;
  const [, year = '', month = '01', day = '01', hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] =
    match;
  const monthIndex = Number(month) - 1;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), monthIndex, Number(day));
  // JavaScript rolls 31 February over into March; such a date is no date.
  if (date.getUTCMonth() !== monthIndex || date.getUTCDate() !== Number(day)) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const nanoseconds = Number(fraction.padEnd(9, '0'));
  const ms =
    date.setUTCHours(Number(hour), Number(minute), Number(second)) -
    zoneOffsetMs(zone) +
    Math.floor(nanoseconds / 1_000_000);
  return Number.isNaN(ms) ? null : { ms, ns: nanoseconds % 1_000_000 };
}

function zoneOffsetMs(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
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
