import { compareTimestamps, parseDateExpression, type Timestamp } from '@eqlkit/engine';
import { printableText } from '@eqlkit/stream';

/** A stretch of time, both ends within; null for an open end. */
export interface TimeRange {
  readonly from: Timestamp | null;
  readonly to: Timestamp | null;
}

/** A range, or why there is none. */
export type ParsedTimeRange =
  { readonly range: TimeRange; readonly problem: null } | { readonly range: null; readonly problem: string };

/**
 * Reads the ends of a range: dates or date math such as `now-9m` and `now-1d/d`. A `to` without a time of day means the
 * end of that day, as in a range of Elasticsearch.
 */
export function parseTimeRange(from: string | undefined, to: string | undefined, nowMs: number): ParsedTimeRange {
  const start = from === undefined ? null : parseDateExpression(from, nowMs);
  const end = to === undefined ? null : parseDateExpression(to, nowMs, true);
  const wrong =
    from !== undefined && start === null
      ? `--from "${printableText(from)}"`
      : to !== undefined && end === null
        ? `--to "${printableText(to)}"`
        : null;
  if (wrong !== null) {
    return {
      range: null,
      problem: `${wrong} is not a date; write 2024-05-31, 2024-05-31T12:00:00Z, now-9m, or now-1d/d for yesterday`,
    };
  }
  if (start !== null && end !== null && compareTimestamps(start, end) > 0) {
    return { range: null, problem: '--from is later than --to' };
  }
  return { range: { from: start, to: end }, problem: null };
}

/** Whether a time is before, within or after a range. */
export function placeInRange(time: Timestamp, { from, to }: TimeRange): 'before' | 'within' | 'after' {
  if (from !== null && compareTimestamps(time, from) < 0) return 'before';
  return to !== null && compareTimestamps(time, to) > 0 ? 'after' : 'within';
}
