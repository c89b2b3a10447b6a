import { addToGram, GRAM_LENGTH, type Gram } from './gram.js';

/** Odd, so that multiplying by it mixes a gram's bits into the highest ones. */
const MIXER = 0x9e3779b1;

/** Finds which of many grams occur in a folded text, whatever their number, in one pass over it. */
export class GramTable<T> {
  /** The grams, each at the first free place from the one that its bits give; 0 is free. */
  private readonly keys: Int32Array;
  private readonly payloads: (readonly T[])[];
  private readonly shift: number;
  private readonly mask: number;

  constructor(grams: ReadonlyMap<Gram, readonly T[]>) {
    // A sparse table makes a miss, which is by far the usual case, cost one look.
    const bits = Math.max(6, Math.ceil(Math.log2(grams.size * 8)));
    this.shift = 32 - bits;
    this.mask = 2 ** bits - 1;
    this.keys = new Int32Array(2 ** bits);
    this.payloads = [];
    for (const [gram, payload] of grams) this.insert(gram, payload);
  }

  private insert(key: Gram, payload: readonly T[]): void {
    let at = Math.imul(key, MIXER) >>> this.shift;
    while (this.keys[at] !== 0) at = (at + 1) & this.mask;
    this.keys[at] = key;
    this.payloads[at] = payload;
  }

  /** Adds the payload of each gram that occurs in a text. */
  scan(text: string, found: Set<T>): void {
    const { keys, shift, mask } = this;
    let gram = 0;
    for (let end = 0; end < text.length; end += 1) {
      gram = addToGram(gram, text.charCodeAt(end));
      let at = Math.imul(gram, MIXER) >>> shift;
      for (let key = keys[at]; key !== 0; key = keys[at]) {
        if (key === gram) {
          if (end >= GRAM_LENGTH - 1) for (const one of this.payloads[at] ?? []) found.add(one);
          break;
        }
        at = (at + 1) & mask;
      }
    }
  }
}
