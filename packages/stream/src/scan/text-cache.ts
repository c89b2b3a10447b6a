import { BytePattern, hashBytes } from './byte-pattern.js';

/** Longest text that is kept, in bytes. */
const MAX_LENGTH = 256;

const ENTRIES = 4096;

/** A text with the bytes that stand between its quotes. */
class CachedText extends BytePattern {
  constructor(
    view: DataView,
    start: number,
    length: number,
    readonly text: string,
  ) {
    super(view, start, length);
  }
}

/**
 * Texts of JSON that were decoded before. Events repeat the same names, paths and ids over and over, and comparing bytes
 * with what is at hand takes a fraction of what making a text takes. That texts are the same objects each time also makes
 * comparing and looking them up faster.
 */
export class TextCache {
  private readonly entries: (CachedText | undefined)[] = Array.from({ length: ENTRIES });
  /** The hash of the text that was last seen at each place: only what comes a second time is worth keeping. */
  private readonly hashes = new Int32Array(ENTRIES);
  /** Of the text that was asked for last. */
  private hash = 0;

  /**
   * The text that the bytes from `start` to `end`, without quotes, spell; null if it is not known. Three bytes behind the
   * text must be there.
   */
  get(view: DataView, start: number, end: number): string | null {
    const length = end - start;
    if (length > MAX_LENGTH) return null;
    this.hash = hashBytes(view, start, end);
    const known = this.entries[this.hash & (ENTRIES - 1)];
    return known?.length === length && known.standsAt(view, start) ? known.text : null;
  }

  /** Takes what the bytes spell for which `get` was asked last, and did not know it. */
  set(view: DataView, start: number, end: number, text: string): void {
    const length = end - start;
    if (length > MAX_LENGTH) return;
    const { hash } = this;
    const index = hash & (ENTRIES - 1);
    if (this.hashes[index] === hash) this.entries[index] = new CachedText(view, start, length, text);
    else this.hashes[index] = hash;
  }
}
