import { MAX_DATE_MS, type Timestamp } from './timestamp.js';

/**
 * Writes a point in time as ISO 8601 in UTC, with three fraction digits, or six or nine if it is that exact:
 * `2026-01-02T03:04:05.678Z`. Times beyond the years ±271,821 are written as the nearest one within.
 */
export function formatTimestamp({ ms, ns }: Timestamp): string {
  const instant = new Date(Math.max(-MAX_DATE_MS, Math.min(ms, MAX_DATE_MS))).toISOString();
  if (ns === 0) return instant;
  const digits = String(ns).padStart(6, '0');
  return `${instant.slice(0, -1)}${digits.endsWith('000') ? digits.slice(0, 3) : digits}Z`;
}
