import type { FieldPath, JsonObject, LazyEvent, Timestamp } from '@eqlkit/engine';
import { decodeEventLine } from '../decode/decode-event-line.js';
import type { EventRecord } from '../event-record.js';
import { ScannedEvent } from '../scan/scanned-event.js';
import { EventColumns } from './event-columns.js';

/** Bytes of one block of lines; a longer line has a block of its own. */
const BLOCK_BYTES = 8 * 1024 * 1024;

/** An event of the store, not decoded. */
interface StoredRecord {
  readonly event: JsonObject | LazyEvent;
  readonly timestamp: Timestamp;
}

/** A line that holds an event, with what was found out about it. */
export interface EventLine {
  /** The line stands in `bytes` from `start` to `end`. It is copied. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly timestamp: Timestamp;
  /** Name of the source, and the one-based line there. */
  readonly source: string;
  readonly line: number;
}

/**
 * Events in memory that are asked again and again. They are kept as the lines that they came in, outside of the
 * JavaScript heap, and decoded as they are read.
 */
export class EventStore {
  private blocks: Buffer[] = [];
  private used = 0;
  private columns = new EventColumns();
  private sources: string[] = [];
  private bytes = 0;
  /** Rows in order of time; null while that is the order in which they came. */
  private order: Uint32Array | null = null;
  private sortedRows = 0;

  /** How many events there are. */
  get size(): number {
    return this.columns.size;
  }

  /** Bytes of the lines. */
  get sizeBytes(): number {
    return this.bytes;
  }

  /** Adds an event. Its line must be one that `decodeEventLine` takes for an event. */
  add({ bytes, start, end, timestamp, source, line }: EventLine): void {
    const length = end - start;
    const block = this.blockFor(length);
    const at = this.used;
    bytes.copy(block, at, start, end);
    this.used += length;
    this.bytes += length;
    this.columns.push({
      timestamp,
      source: this.numberOf(source),
      line,
      block: this.blocks.length - 1,
      start: at,
      end: at + length,
    });
  }

  private blockFor(length: number): Buffer {
    const current = this.blocks.at(-1);
    if (current !== undefined && this.used + length <= current.length) return current;
    const block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, length));
    this.blocks.push(block);
    this.used = 0;
    return block;
  }

  /** Events of one source mostly come one after the other. */
  private numberOf(source: string): number {
    const number = this.sources.lastIndexOf(source);
    return number === -1 ? this.sources.push(source) - 1 : number;
  }

  /** Takes all events out. */
  clear(): void {
    this.blocks = [];
    this.used = 0;
    this.columns = new EventColumns();
    this.sources = [];
    this.bytes = 0;
    this.order = null;
    this.sortedRows = 0;
  }

  /**
   * The events in order of time; those of one time in the order in which they were added. With `every`, only each so
   * many-th of them.
   */
  *records({ every = 1 }: { readonly every?: number } = {}): Generator<EventRecord> {
    this.sort();
    const { order, columns, blocks, sources, size } = this;
    for (let place = 0; place < size; place += every) {
      const { timestamp, source, line, block, start, end } = columns.read(order?.[place] ?? place);
      const event = decode(blocks[block], start, end);
      yield { event, timestamp, source: sources[source] ?? '', line, sizeBytes: end - start };
    }
  }

  /**
   * The events in order of time, not decoded: their fields are found in the bytes when they are asked for. An event is valid
   * until the next one is taken; `retain` keeps it. Events out of the ordinary are decoded all the same.
   */
  *scan(fieldPaths: readonly FieldPath[]): Generator<StoredRecord> {
    this.sort();
    const scanned = new ScannedEvent(fieldPaths);
    const { order, columns, blocks, size } = this;
    for (let place = 0; place < size; place += 1) {
      const { timestamp, block, start, end } = columns.read(order?.[place] ?? place);
      const bytes = blocks[block];
      const isScanned = bytes !== undefined && scanned.scan(bytes, start, end);
      yield { event: isScanned ? scanned : decode(bytes, start, end), timestamp };
    }
  }

  private sort(): void {
    const { columns, size } = this;
    if (this.sortedRows === size) return;
    let isAscending = this.order === null;
    for (let row = Math.max(1, this.sortedRows); isAscending && row < size; row += 1) {
      isAscending = columns.compareTimes(row - 1, row) <= 0;
    }
    // Rows come in the order in which they were added, which is kept among those of one time.
    if (!isAscending)
      this.order = Uint32Array.from({ length: size }, (_, row) => row).sort(
        (a, b) => columns.compareTimes(a, b) || a - b,
      );
    this.sortedRows = size;
  }
}

function decode(bytes: Buffer | undefined, start: number, end: number): JsonObject {
  const decoded = bytes === undefined ? null : decodeEventLine(bytes, start, end);
  if (decoded?.kind !== 'event') throw new Error('the event store holds a line that is no event');
  return decoded.event;
}
