import type { Timestamp } from './timestamp.js';

/**
 * A timestamp as an ISO 8601 instant in UTC: three fraction digits, or nine if it has nanoseconds below the
 * millisecond.
 */
export function formatTimestamp({ ms, ns }: Timestamp): string {
  const instant = new Date(ms).toISOString();
  return ns === 0 ? instant : `${instant.slice(0, -1)}${String(ns).padStart(6, '0')}Z`;
}
