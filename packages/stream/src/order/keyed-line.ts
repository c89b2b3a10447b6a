import type { Timestamp } from '@eqlkit/engine';
import type { OrderKey, Tiebreaker } from './order-key.js';

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
    this.bytes = Buffer.from(this.bytes.subarray(this.start, this.end));
    this.start = 0;
    this.end = sizeBytes;
  }
}
