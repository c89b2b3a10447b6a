import type { ScannerMemory } from './scanner-memory.js';

/** What of a buffer stands in a scanner's memory: lines that follow each other are copied together, which takes less time. */
export class BufferWindow {
  private buffer: Buffer | null = null;
  private from = 0;
  private to = 0;

  constructor(private readonly memory: ScannerMemory) {}

  /** The address of the bytes of a buffer from `start` to `end` and of the one behind them, for which there must be room. */
  find(buffer: Buffer, start: number, end: number): number {
    const { lineAt } = this.memory;
    if (buffer !== this.buffer || start < this.from || end >= this.to) {
      const to = Math.min(buffer.length, start + this.memory.roomBytes);
      buffer.copy(this.memory.views.bytes, lineAt, start, to);
      this.buffer = buffer;
      this.from = start;
      this.to = to;
    }
    return lineAt + start - this.from;
  }

  /** Forgets the buffer. */
  close(): void {
    this.buffer = null;
  }
}
