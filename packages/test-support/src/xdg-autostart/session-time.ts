/** Start of the session, 2 March 2026 at 08:00 UTC, in milliseconds since 1970. */
const SESSION_START_MS = Date.UTC(2026, 2, 2, 8, 0, 0);

const NS_PER_MS = 1_000_000;

/** Nanoseconds after the start of the session for a possibly fractional number of milliseconds. */
export function nsFromMs(ms: number): number {
  return Math.round(ms * NS_PER_MS);
}

/**
 * Writes a moment, given in nanoseconds after the start of the session, as an ISO timestamp: three fraction digits, up
 * to nine where the moment needs them, as Elastic Defend does.
 */
export function formatMoment(sessionNs: number): string {
  const milliseconds = new Date(SESSION_START_MS + Math.floor(sessionNs / NS_PER_MS)).toISOString().slice(0, -1);
  const beyond = String(sessionNs % NS_PER_MS).padStart(6, '0');
  return `${milliseconds}${beyond.replace(/0+$/u, '')}Z`;
}

/** Writes a moment rounded down to whole seconds, as an ingest pipeline stamps `event.ingested`. */
export function formatSecond(sessionNs: number): string {
  return `${new Date(SESSION_START_MS + Math.floor(sessionNs / NS_PER_MS)).toISOString().slice(0, 19)}Z`;
}

/** Whole seconds since 1970 of a moment. */
export function epochSeconds(sessionNs: number): number {
  return Math.floor((SESSION_START_MS + sessionNs / NS_PER_MS) / 1000);
}
