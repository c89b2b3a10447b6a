import type { JsonObject, Timestamp } from '@eqlkit/engine';

/** An event that has been read, with where it stood. */
export interface EventRecord {
  readonly event: JsonObject;
  readonly timestamp: Timestamp;
  /** Name of the source, as {@link EventSource.name} shows it. */
  readonly source: string;
  /** One-based line in the source. */
  readonly line: number;
  /** Bytes of the line, after decompression and without its line break. */
  readonly sizeBytes: number;
}

/** Events that arrive together. A batch may be empty: it then only tells how far reading has come. */
export interface EventBatch {
  readonly records: readonly EventRecord[];
  /**
   * Bytes that were read since the batch before, counted as they are stored: for a gzip file its compressed bytes. Over
   * all batches they add up to the `sizeBytes` of the sources.
   */
  readonly bytesRead: number;
}
