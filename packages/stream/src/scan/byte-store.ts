/** Where bytes were kept. */
export interface KeptBytes {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

const SLAB_BYTES = 64 * 1024;

/** Longer pieces get memory of their own. */
const MAX_SHARED_BYTES = SLAB_BYTES / 4;

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
    const own = length > MAX_SHARED_BYTES;
    if (!own && this.used + length > this.slab.length) {
      this.slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
      this.used = 0;
    }
    const bytes = own ? Buffer.allocUnsafeSlow(length) : this.slab;
    const at = own ? 0 : this.used;
    source.copy(bytes, at, start, end);
    if (!own) this.used += length;
    return { bytes, start: at, end: at + length };
  }
}
