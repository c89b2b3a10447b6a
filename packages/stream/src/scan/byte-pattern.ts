/**
 * A run of bytes that is compared with what stands elsewhere, four bytes at a time: twice as fast as byte by byte.
 * Comparing reads up to three bytes beyond the run.
 */
export class BytePattern {
  private readonly words: Int32Array;
  private readonly tail: number;
  private readonly tailMask: number;

  constructor(
    view: DataView,
    start: number,
    readonly length: number,
  ) {
    const wordCount = length >> 2;
    const restBytes = length & 3;
    this.words = new Int32Array(wordCount);
    for (let index = 0; index < wordCount; index += 1) this.words[index] = view.getInt32(start + 4 * index, true);
    this.tailMask = restBytes === 0 ? 0 : (1 << (8 * restBytes)) - 1;
    this.tail = restBytes === 0 ? 0 : view.getInt32(start + 4 * wordCount, true) & this.tailMask;
  }

  /** Whether the same bytes stand at `start`. */
  standsAt(view: DataView, start: number): boolean {
    const { words } = this;
    const wordCount = words.length;
    for (let index = 0; index < wordCount; index += 1) {
      if (view.getInt32(start + 4 * index, true) !== words[index]) return false;
    }
    return (view.getInt32(start + 4 * wordCount, true) & this.tailMask) === this.tail;
  }
}

/** A hash of the bytes from `start` to `end`, of 32 bits. Looks at few of them, which suffice to tell most texts apart. */
export function hashBytes(view: DataView, start: number, end: number): number {
  let hash = end - start;
  if (hash >= 4) {
    hash = Math.imul(hash ^ view.getInt32(end - 4, true), 0x5bd1e995);
    hash = Math.imul(hash ^ view.getInt32((start + end - 4) >> 1, true), 0x5bd1e995);
    hash ^= view.getInt32(start, true);
  } else {
    for (let at = start; at < end; at += 1) hash = (hash << 8) ^ view.getUint8(at);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x5bd1e995);
  return hash ^ (hash >>> 13);
}
