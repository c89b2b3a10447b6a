/** What can be wrong with a line of an event source, or with the source. */
export type EventProblemKind =
  /** The line is not JSON, or nested too deeply. The line is skipped. */
  | 'invalid-json'
  /** The line is JSON but no object. The line is skipped. */
  | 'not-an-object'
  /** The timestamp field is absent. The line is skipped. */
  | 'missing-timestamp'
  /** The timestamp field holds no date. The line is skipped. */
  | 'invalid-timestamp'
  /** The timestamp is a date beyond the years that can be held. The line is skipped. */
  | 'timestamp-out-of-range'
  /** The event category field is absent. The event is delivered. */
  | 'missing-category'
  /** The line is longer than the limit. The line is skipped. */
  | 'line-too-long'
  /** The line has bytes that are not UTF-8; they read as U+FFFD. The event is delivered. */
  | 'invalid-utf8'
  /** The CSV record has more cells than the header, or fewer. The event is delivered; cells without a name are left out. */
  | 'uneven-record'
  /** The source could not be read to its end: gzip that ends early or is corrupt, or a read error. */
  | 'truncated-input'
  /** The source has lines, and none of them is an event. Told when all sources were read. */
  | 'unreadable-source';

/** One thing that is wrong with the events, as data: reading goes on. */
export interface EventProblem {
  readonly kind: EventProblemKind;
  /** Name of the source. */
  readonly source: string;
  /**
   * One-based line; for `truncated-input` the line at which reading stopped, for `unreadable-source` the first line that
   * is no event.
   */
  readonly line: number;
  /** Short text for people, free of control characters. */
  readonly detail: string;
}

/** Longest {@link EventProblem.detail}, in UTF-16 units. */
export const MAX_DETAIL_LENGTH = 120;

/** Whether a line with this problem yields no event. */
export function skipsLine(kind: EventProblemKind): boolean {
  switch (kind) {
    case 'invalid-json':
    case 'not-an-object':
    case 'missing-timestamp':
    case 'invalid-timestamp':
    case 'timestamp-out-of-range':
    case 'line-too-long':
      return true;
    case 'missing-category':
    case 'invalid-utf8':
    case 'uneven-record':
    case 'truncated-input':
    case 'unreadable-source':
      return false;
  }
}
