import type { Timestamp } from '@eqlkit/engine';
import type { OrderKey, Tiebreaker } from './order-key.js';

/** What stands behind the text of a line that has memory of its own: scanners look a little beyond their text. */
export const LINE_PADDING = Buffer.from('\n\n\n\n');

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
    const own = Buffer.concat([this.bytes.subarray(this.start, this.end), LINE_PADDING]);
    this.bytes = own;
    this.start = 0;
    this.end = sizeBytes;
  }
}
