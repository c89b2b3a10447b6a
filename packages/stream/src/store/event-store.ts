import type { FieldPath, JsonObject, LazyEvent, Timestamp } from '@eqlkit/engine';
import { compareTimestamps } from '@eqlkit/engine';
import { decodeEventLine } from '../decode/decode-event-line.js';
import { encodeEvent } from '../decode/encode-event.js';
import type { EventRecord } from '../event-record.js';
import { ScannedEvent } from '../scan/scanned-event.js';

/** Bytes of one block of encoded events; a longer event has a block of its own. */
const BLOCK_BYTES = 8 * 1024 * 1024;

interface StoredEvent {
  readonly timestamp: Timestamp;
  readonly source: string;
  readonly line: number;
  readonly block: number;
  readonly start: number;
  readonly end: number;
}

/** An event of the store, not decoded. */
interface StoredRecord {
  readonly event: JsonObject | LazyEvent;
  readonly timestamp: Timestamp;
}

/**
 * Events in memory that are asked again and again. They are kept encoded, outside of the JavaScript heap, at about their
 * size as JSON, and decoded as they are read.
 */
export class EventStore {
  private blocks: Buffer[] = [];
  private used = 0;
  private events: StoredEvent[] = [];
  private sorted = true;
  private bytes = 0;

  /** How many events there are. */
  get size(): number {
    return this.events.length;
  }

  /** Bytes of the encoded events. */
  get sizeBytes(): number {
    return this.bytes;
  }

  /** Adds an event. */
  add({ event, timestamp, source, line }: EventRecord): void {
    const encoded = Buffer.from(encodeEvent(event), 'utf8');
    const { block, start } = this.place(encoded);
    this.bytes += encoded.length;
    const last = this.events.at(-1);
    if (last !== undefined && compareTimestamps(timestamp, last.timestamp) < 0) this.sorted = false;
    this.events.push({ timestamp, source, line, block, start, end: start + encoded.length });
  }

  private place(encoded: Buffer): { block: number; start: number } {
    const current = this.blocks.at(-1);
    if (current === undefined || this.used + encoded.length > current.length) {
      const block = Buffer.allocUnsafeSlow(Math.max(BLOCK_BYTES, encoded.length));
      this.blocks.push(block);
      this.used = 0;
    }
    const block = this.blocks.length - 1;
    const start = this.used;
    encoded.copy(this.blocks[block] ?? encoded, start);
    this.used += encoded.length;
    return { block, start };
  }

  /** Takes all events out. */
  clear(): void {
    this.blocks = [];
    this.used = 0;
    this.events = [];
    this.sorted = true;
    this.bytes = 0;
  }

  /**
   * The events in order of time; those of one time in the order in which they were added. With `every`, only each so
   * many-th of them.
   */
  *records({ every = 1 }: { readonly every?: number } = {}): Generator<EventRecord> {
    this.sort();
    for (let place = 0; place < this.events.length; place += every) {
      const stored = this.events[place];
      if (stored === undefined) return;
      const { timestamp, source, line, block, start, end } = stored;
      yield { event: this.decode(block, start, end), timestamp, source, line, sizeBytes: end - start };
    }
  }

  /**
   * The events in order of time, not decoded: their fields are found in the bytes when they are asked for. An event is valid
   * until the next one is taken; `retain` keeps it. Events out of the ordinary are decoded all the same.
   */
  *scan(fieldPaths: readonly FieldPath[]): Generator<StoredRecord> {
    this.sort();
    const scanned = new ScannedEvent(fieldPaths);
    for (const { timestamp, block, start, end } of this.events) {
      const bytes = this.blocks[block];
      const isScanned = bytes !== undefined && scanned.scan(bytes, start, end);
      yield { event: isScanned ? scanned : this.decode(block, start, end), timestamp };
    }
  }

  private sort(): void {
    if (this.sorted) return;
    // Array.sort is stable, so that events of one time stay in their order.
    this.events.sort((a, b) => compareTimestamps(a.timestamp, b.timestamp));
    this.sorted = true;
  }

  private decode(block: number, start: number, end: number): JsonObject {
    const bytes = this.blocks[block];
    const decoded = bytes === undefined ? null : decodeEventLine(bytes, start, end);
    if (decoded?.kind !== 'event') throw new Error('the event store holds what it did not encode');
    return decoded.event;
  }
}
