import type { Readable } from 'node:stream';
import type { RecordDecoderOptions } from '../decode/record-decoder.js';
import type { EventFormat } from '../formats/event-format.js';
import type { EventSource } from '../sources/event-source.js';

/** What all parts of ordering need to know about reading. */
export interface OrderContext extends RecordDecoderOptions {
  readonly tiebreakerField?: string;
  readonly maxLineBytes?: number;
  readonly stdin?: Readable;
  readonly format?: EventFormat;
  readonly signal?: AbortSignal;
  /** Bytes of the ranges into which a look divides a file; those of one read if absent. */
  readonly rangeBytes?: number;
  onFormat?(source: EventSource, format: EventFormat, lookedLike: EventFormat | null): void;
  /** Counts bytes read from a source, as stored. Not called when a source is only looked at. */
  onRead(bytes: number): void;
}
