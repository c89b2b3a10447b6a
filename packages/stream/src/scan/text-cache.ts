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

  /**
   * The text that the bytes from `start` to `end`, without quotes, spell. `view` and `bytes` are of the same memory;
   * three bytes behind the text must be there.
   */
  get(view: DataView, bytes: Buffer, start: number, end: number, encoding: 'latin1' | 'utf8'): string {
    const length = end - start;
    if (length > MAX_LENGTH) return decodeText(bytes.toString(encoding, start, end));
    const hash = hashBytes(view, start, end);
    const index = hash & (ENTRIES - 1);
    const known = this.entries[index];
    if (known !== undefined && known.length === length && known.standsAt(view, start)) return known.text;
    const text = decodeText(bytes.toString(encoding, start, end));
    if (this.hashes[index] === hash) this.entries[index] = new CachedText(view, start, length, text);
    else this.hashes[index] = hash;
    return text;
  }
}

function decodeText(raw: string): string {
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}
