/** Where bytes were kept. */
export interface KeptBytes {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

const SLAB_BYTES = 64 * 1024;

/** Longer pieces get memory of their own. */
const MAX_SHARED_BYTES = SLAB_BYTES / 4;

/** Scanners look so far beyond the end of a line, and want a line break there. */
const PADDING_BYTES = 4;
const NEWLINE = 0x0a;

/**
 * Keeps copies of lines. Many share one piece of memory, which is freed with the last of them: what is kept at about the
 * same time mostly goes at about the same time.
 */
export class ByteStore {
  private slab = Buffer.alloc(0);
  private used = 0;

  /** Copies the bytes of `source` from `start` to `end`. */
  keep(source: Buffer, start: number, end: number): KeptBytes {
    const length = end - start;
    const needed = length + PADDING_BYTES;
    const own = needed > MAX_SHARED_BYTES;
    if (!own && this.used + needed > this.slab.length) {
      this.slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
      this.used = 0;
    }
    const bytes = own ? Buffer.allocUnsafeSlow(needed) : this.slab;
    const at = own ? 0 : this.used;
    source.copy(bytes, at, start, end);
    bytes.fill(NEWLINE, at + length, at + needed);
    if (!own) this.used += needed;
    return { bytes, start: at, end: at + length };
  }
}
