import type { Timestamp } from '@eqlkit/engine';
import type { OrderKey, Tiebreaker } from './order-key.js';

/** What stands behind the text of a line that has memory of its own: scanners look a little beyond their text. */
const PADDING_BYTES = 4;
const NEWLINE = 0x0a;

/** A line that is not decoded yet, with its place in the order. It stands in `bytes` from `start` to `end`. */
export class KeyedLine implements OrderKey {
  constructor(
    readonly timestamp: Timestamp,
    readonly tiebreaker: Tiebreaker,
    readonly sourceIndex: number,
    readonly line: number,
    public bytes: Buffer,
    public start: number,
    public end: number,
  ) {}

  /** Bytes of the line, without its line break. */
  get sizeBytes(): number {
    return this.end - this.start;
  }

  /** Copies the text, so that the line no longer keeps all the memory that it was read into. */
  detach(): void {
    const { sizeBytes } = this;
    const own = Buffer.alloc(sizeBytes + PADDING_BYTES, NEWLINE);
    this.bytes.copy(own, 0, this.start, this.end);
    this.bytes = own;
    this.start = 0;
    this.end = sizeBytes;
  }
}
