/** One chunk is worked on and one is read meanwhile; the third makes sure. */
export const RING_LENGTH = 3;

/** Gives the memory that chunks of a source are read into. */
export class ChunkMemory {
  /** Whether a chunk may be overwritten once the one behind it is worked on. Fresh memory costs more than reading into it. */
  recycles = false;
  private readonly ring: Buffer[];
  private turn = 0;

  /** `ring` is memory for chunks that are recycled, as long as the longest; made as needed if absent. */
  constructor(ring: readonly Buffer[] = []) {
    this.ring = [...ring];
  }

  /** Memory for a chunk; `bytes` are the same each time. */
  take(bytes: number): Buffer {
    if (!this.recycles) return Buffer.allocUnsafeSlow(bytes);
    const { turn } = this;
    this.turn = (turn + 1) % RING_LENGTH;
    return (this.ring[turn] ??= Buffer.allocUnsafeSlow(bytes));
  }
}
