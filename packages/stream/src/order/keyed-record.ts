import type { Readable } from 'node:stream';
import { createRecordDecoder, type RecordDecoderOptions } from '../decode/record-decoder.js';
import type { EventFormat } from '../formats/event-format.js';
import type { EventRecord } from '../event-record.js';
import { compileFieldReader } from '../field-value.js';
import { toTiebreaker, type OrderKey } from './order-key.js';

/** An event with its place in the order. */
export interface KeyedRecord extends OrderKey {
  readonly record: EventRecord;
  readonly sizeBytes: number;
}

/** What all parts of ordering need to know about reading. */
export interface OrderContext extends RecordDecoderOptions {
  readonly tiebreakerField?: string;
  readonly maxLineBytes?: number;
  readonly stdin?: Readable;
  readonly format?: EventFormat;
  /** Counts bytes read from a source, as stored. Not called when a source is only looked at. */
  onRead(bytes: number): void;
}

/** Like `RecordDecoder`, with the place in the order. */
export type KeyedDecoder = (buffer: Buffer, start: number, end: number, line: number) => KeyedRecord | null;

/** Makes the decoder of all lines of the source with the given name and index. */
export function createKeyedDecoder(
  source: string,
  sourceIndex: number,
  options: RecordDecoderOptions & { readonly tiebreakerField?: string },
): KeyedDecoder {
  const decode = createRecordDecoder(source, options);
  const { tiebreakerField } = options;
  const readTiebreaker = tiebreakerField === undefined ? () => null : compileFieldReader(tiebreakerField);
  return (buffer, start, end, line) => {
    const record = decode(buffer, start, end, line);
    if (record === null) return null;
    const { timestamp, sizeBytes } = record;
    return { timestamp, tiebreaker: toTiebreaker(readTiebreaker(record.event)), sourceIndex, line, record, sizeBytes };
  };
}
