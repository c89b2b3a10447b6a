import type { Timestamp } from './timestamp.js';

/** The earliest date that a year of four digits can name, 0000-01-01T00:00:00Z. */
export const EARLIEST_DATE_MS = -62_167_219_200_000;
const LATEST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * The form that dates have while queries run: an ISO instant with nine fraction digits, so that equality, order and
 * join keys are those of strings. Null outside the years 0 to 9999.
 */
export function canonicalDate(timestamp: Timestamp): string | null {
  if (timestamp.ms < EARLIEST_DATE_MS || timestamp.ms > LATEST_MS) return null;
  const text = new Date(timestamp.ms).toISOString();
  if (text.length !== 24) return null;
  return `${text.slice(0, 23)}${String(timestamp.ns).padStart(6, '0')}Z`;
}

/** The shortest form of a canonical date with at least milliseconds, as Elasticsearch shows dates. */
export function displayDate(canonical: string): string {
  return canonical.endsWith('000000Z') ? `${canonical.slice(0, 23)}Z` : canonical;
}
