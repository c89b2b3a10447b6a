/** What can be wrong with a line of an event source, or with the source. */
export type EventProblemKind =
  /** The line is not JSON, or nested too deeply. The line is skipped. */
  | 'invalid-json'
  /** The line is JSON but no object. The line is skipped. */
  | 'not-an-object'
  /** The timestamp field is absent or no date. The line is skipped. */
  | 'missing-timestamp'
  /** The event category field is absent. The event is delivered. */
  | 'missing-category'
  /** The line is longer than the limit. The line is skipped. */
  | 'line-too-long'
  /** The line has bytes that are not UTF-8; they read as U+FFFD. The event is delivered. */
  | 'invalid-utf8'
  /** The source could not be read to its end: gzip that ends early or is corrupt, or a read error. */
  | 'truncated-input';

/** One thing that is wrong with the events, as data: reading goes on. */
export interface EventProblem {
  readonly kind: EventProblemKind;
  /** Name of the source. */
  readonly source: string;
  /** One-based line; for `truncated-input` the line at which reading stopped. */
  readonly line: number;
  /** Short text for people, free of control characters. */
  readonly detail: string;
}

/** Longest {@link EventProblem.detail}, in UTF-16 units. */
export const MAX_DETAIL_LENGTH = 120;

/** Whether a line with this problem yields no event. */
export function skipsLine(kind: EventProblemKind): boolean {
  return kind !== 'missing-category' && kind !== 'invalid-utf8' && kind !== 'truncated-input';
}
