/** Stands for any one character in a list of code points. */
export const ANY_CHARACTER = -1;

const WORD_BITS = 32;

/** How many 32-bit words the tables of one search may take. */
const MAX_TABLE_WORDS = 1_000_000;

/**
 * Compiles a search for a run of code points, some of which may be any, to a function that gives the end of its leftmost
 * occurrence at or after an offset, or -1. The search follows all occurrences at once, a bit for each ("shift-and"), so it
 * takes (length of the text) × (length of the run) / 32 steps at most, however the run repeats itself.
 *
 * Gives `null` if the run is so long and so varied that the tables would be too large.
 */
export function createBitParallelSearch(
  codePoints: readonly number[],
): ((text: string, from: number) => number) | null {
  const words = Math.ceil(codePoints.length / WORD_BITS);
  const distinct = new Set(codePoints).size;
  if (codePoints.length === 0 || distinct * words > MAX_TABLE_WORDS) return null;
  const masks = createMasks(codePoints, words);
  const maskOfOthers = masks.get(ANY_CHARACTER) ?? new Int32Array(words);
  const lastWord = words - 1;
  const lastBit = 1 << ((codePoints.length - 1) % WORD_BITS);
  return (text, from) => {
    const state = new Int32Array(words);
    for (let at = from; at < text.length;) {
      const codePoint = text.codePointAt(at) ?? 0;
      at += codePoint > 0xffff ? 2 : 1;
      advance(state, masks.get(codePoint) ?? maskOfOthers);
      if (((state[lastWord] ?? 0) & lastBit) !== 0) return at;
    }
    return -1;
  };
}

/** For each code point, at which places of the run it may stand. */
function createMasks(codePoints: readonly number[], words: number): ReadonlyMap<number, Int32Array> {
  const anywhere = new Int32Array(words);
  setBits(anywhere, codePoints, ANY_CHARACTER);
  const masks = new Map<number, Int32Array>();
  for (const codePoint of new Set(codePoints)) {
    const mask = Int32Array.from(anywhere);
    setBits(mask, codePoints, codePoint);
    masks.set(codePoint, mask);
  }
  return masks;
}

function setBits(mask: Int32Array, codePoints: readonly number[], wanted: number): void {
  for (const [place, codePoint] of codePoints.entries()) {
    if (codePoint !== wanted) continue;
    const word = Math.floor(place / WORD_BITS);
    mask[word] = (mask[word] ?? 0) | (1 << (place % WORD_BITS));
  }
}

/** Moves every begun occurrence on by one character, begins one more, and drops those that the character breaks. */
function advance(state: Int32Array, mask: Int32Array): void {
  let carry = 1;
  for (let word = 0; word < state.length; word += 1) {
    const bits = state[word] ?? 0;
    state[word] = ((bits << 1) | carry) & (mask[word] ?? 0);
    carry = bits >>> (WORD_BITS - 1);
  }
}
