import type { Timestamp } from '@eqlkit/engine';

/** The last millisecond that a JavaScript date can hold. */
const MAX_MS = 8.64e15;

/**
 * Writes a point in time as ISO 8601 in UTC, with three fraction digits, or six or nine if it is that exact:
 * `2026-01-02T03:04:05.678Z`. Times beyond the years ±271,821 are written as the nearest one within.
 */
export function formatTimestamp({ ms, ns }: Timestamp): string {
  const text = new Date(Math.max(-MAX_MS, Math.min(ms, MAX_MS))).toISOString();
  if (ns === 0) return text;
  const digits = String(ns).padStart(6, '0');
  return `${text.slice(0, -1)}${digits.endsWith('000') ? digits.slice(0, 3) : digits}Z`;
}
