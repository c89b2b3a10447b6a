import { readSync } from 'node:fs';
import type { LinePosition, LineTable } from './line-table.js';

/** Bytes that are read from a file at a time. */
export const BLOCK_BYTES = 128 * 1024;

const BECAME_SHORTER = 'the file became shorter while it was read';

/** Reads pieces of a file in any order, and keeps the blocks that were used last for short ones. */
export class FileBlocks {
  /** By number, those that were used last behind the others. */
  private readonly blocks = new Map<number, Buffer>();
  private latestNumber = -1;
  private latest: Buffer = Buffer.alloc(0);

  /** `fd` is that of an open file. */
  constructor(
    private readonly fd: number,
    private readonly maxBlocks: number,
  ) {}

  /**
   * Copies a line of the file to a place in `target`.
   *
   * @throws Error as `readSync` does, and if the file ends within the line.
   */
  copy({ offset, lineBytes }: LinePosition, target: Buffer, at: number): void {
    // Of what is that long, others need hardly anything.
    if (lineBytes >= BLOCK_BYTES) {
      if (this.fill(target, at, lineBytes, offset) < lineBytes) throw new Error(BECAME_SHORTER);
      return;
    }
    let done = 0;
    while (done < lineBytes) {
      const number = Math.floor((offset + done) / BLOCK_BYTES);
      const start = offset + done - number * BLOCK_BYTES;
      const length = Math.min(lineBytes - done, BLOCK_BYTES - start);
      const block = this.block(number);
      if (block.length < start + length) throw new Error(BECAME_SHORTER);
      block.copy(target, at + done, start, start + length);
      done += length;
    }
  }

  private block(number: number): Buffer {
    if (number === this.latestNumber) return this.latest;
    const known = this.blocks.get(number);
    this.blocks.delete(number);
    const block = known ?? this.read(number);
    this.blocks.set(number, block);
    this.latestNumber = number;
    this.latest = block;
    return block;
  }

  /** Waits for the file: what is read was looked at just now, and going through the event loop takes longer. */
  private read(number: number): Buffer {
    const memory = this.takeMemory();
    const filled = this.fill(memory, 0, BLOCK_BYTES, number * BLOCK_BYTES);
    return filled === BLOCK_BYTES ? memory : memory.subarray(0, filled);
  }

  /** Reads bytes of the file to a place in memory; gives how many there are, which are fewer at its end. */
  private fill(memory: Buffer, at: number, bytes: number, offset: number): number {
    let filled = 0;
    while (filled < bytes) {
      const bytesRead = readSync(this.fd, memory, at + filled, bytes - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  }

  /** That of the block that was not used for longest, once there are enough. */
  private takeMemory(): Buffer {
    if (this.blocks.size >= this.maxBlocks) {
      for (const [oldest, memory] of this.blocks) {
        this.blocks.delete(oldest);
        if (memory.length === BLOCK_BYTES) return memory;
        break;
      }
    }
    return Buffer.allocUnsafeSlow(BLOCK_BYTES);
  }
}

/** Where lines that follow each other in the file end, of those in an order from `start` on. */
export function endOfStretch(order: ArrayLike<number>, start: number): number {
  const toLine = (order[start] ?? 0) - start;
  let end = start + 1;
  while (end < order.length && order[end] === end + toLine) end += 1;
  return end;
}

/** How many blocks are read for lines that are asked for in turn, if so many are kept. */
export function countBlockReads(order: Uint32Array, table: LineTable, maxBlocks: number): number {
  const kept = new Set<number>();
  let latest = -1;
  let reads = 0;
  for (let index = 0; index < order.length;) {
    const end = endOfStretch(order, index);
    const first = table.positionOf(order[index] ?? 0);
    const { offset, lineBytes } = table.positionOf(order[end - 1] ?? 0);
    index = end;
    const last = Math.floor((offset + lineBytes - 1) / BLOCK_BYTES);
    for (let number = Math.floor(first.offset / BLOCK_BYTES); number <= last; number += 1) {
      if (number === latest) continue;
      latest = number;
      if (!kept.delete(number)) reads += 1;
      kept.add(number);
      if (kept.size <= maxBlocks) continue;
      for (const oldest of kept) {
        kept.delete(oldest);
        break;
      }
    }
  }
  return reads;
}
