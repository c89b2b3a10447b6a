import { GRAM_LENGTH } from './field-requirement.js';

/** Odd, so that multiplying by it mixes a gram's bits into the highest ones. */
const MIXER = 0x9e3779b1;

/**
 * Finds which of many short texts occur in a longer one, whatever their number, in one pass over it. The short texts are
 * grams: `GRAM_LENGTH` ASCII characters. Texts must be folded.
 */
export class GramTable<T> {
  /** The grams as numbers, each at the first free place from the one that its bits give; 0 is free. */
  private readonly keys: Int32Array;
  private readonly payloads: (readonly T[])[];
  private readonly shift: number;
  private readonly mask: number;

  constructor(grams: ReadonlyMap<string, readonly T[]>) {
    // A sparse table makes a miss, which is by far the usual case, cost one look.
    const bits = Math.max(6, Math.ceil(Math.log2(grams.size * 8)));
    this.shift = 32 - bits;
    this.mask = 2 ** bits - 1;
    this.keys = new Int32Array(2 ** bits);
    this.payloads = [];
    for (const [gram, payload] of grams) this.insert(gramNumber(gram), payload);
  }

  private insert(key: number, payload: readonly T[]): void {
    let at = Math.imul(key, MIXER) >>> this.shift;
    while (this.keys[at] !== 0) at = (at + 1) & this.mask;
    this.keys[at] = key;
    this.payloads[at] = payload;
  }

  /** Calls `found` with the payload of each gram that occurs in a text, as often as it occurs. */
  scan(text: string, found: (payload: readonly T[]) => void): void {
    const { keys, shift, mask } = this;
    let gram = 0;
    for (let end = 0; end < text.length; end += 1) {
      gram = (gram << 8) | (text.charCodeAt(end) & 0xff);
      let at = Math.imul(gram, MIXER) >>> shift;
      for (let key = keys[at]; key !== 0; key = keys[at]) {
        if (key === gram) {
          const payload = this.payloads[at];
          if (payload !== undefined && end >= GRAM_LENGTH - 1) found(payload);
          break;
        }
        at = (at + 1) & mask;
      }
    }
  }
}

function gramNumber(gram: string): number {
  let number = 0;
  for (let at = 0; at < GRAM_LENGTH; at += 1) number = (number << 8) | (gram.charCodeAt(at) & 0xff);
  return number;
}
