import type { EventSource } from '../sources/event-source.js';

/** A source and its index among all sources. */
export interface NumberedSource {
  readonly source: EventSource;
  readonly sourceIndex: number;
}
