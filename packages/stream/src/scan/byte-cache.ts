import { BytePattern, hashBytes } from './byte-pattern.js';

/** Longest run of bytes that is kept. */
const MAX_LENGTH = 256;

/** What was made of bytes. */
class CachedValue<T> extends BytePattern {
  constructor(
    view: DataView,
    start: number,
    length: number,
    readonly value: T,
  ) {
    super(view, start, length);
  }
}

/**
 * What was made of bytes before: texts, and lists of them. Events repeat the same names, paths and ids over and over, and
 * comparing bytes with what is at hand takes a fraction of what making a text takes. That texts are the same objects each
 * time also makes comparing and looking them up faster.
 */
export class ByteCache<T> {
  private readonly entries: (CachedValue<T> | undefined)[];
  /** The hash of the bytes that were last seen at each place: only what comes a second time is worth keeping. */
  private readonly hashes: Int32Array;
  private readonly mask: number;

  /** `size` is how many are kept at most, a power of two. */
  constructor(size: number) {
    this.entries = Array.from({ length: size });
    this.hashes = new Int32Array(size);
    this.mask = size - 1;
  }

  /** What was made of the bytes from `start` to `end`; undefined if it is not known. Three bytes behind them must be there. */
  get(view: DataView, start: number, end: number): T | undefined {
    const length = end - start;
    if (length > MAX_LENGTH) return undefined;
    const known = this.entries[hashBytes(view, start, end) & this.mask];
    return known?.length === length && known.standsAt(view, start) ? known.value : undefined;
  }

  /** Takes what was made of bytes that `get` did not know. */
  set(view: DataView, start: number, end: number, value: T): void {
    const length = end - start;
    if (length > MAX_LENGTH) return;
    const hash = hashBytes(view, start, end);
    const index = hash & this.mask;
    if (this.hashes[index] === hash) this.entries[index] = new CachedValue(view, start, length, value);
    else this.hashes[index] = hash;
  }
}
