import type { TimestampColumns } from './timestamp-columns.js';

/**
 * Timestamps of lines in a row, in order, with what is known of those that came out of order. Of some of them it is told how many
 * came before them though they are later; of each other one, those are among those of one that is told.
 */
export class RankedTimestamps implements TimestampColumns {
  readonly ms: Float64Array;
  readonly ns: Uint32Array;
  readonly sizes: Uint32Array;
  /** Events that are later, but came before; -1 where it is not told. */
  readonly laterEvents: Int32Array;
  /** Bytes of those. */
  readonly laterBytes: Float64Array;

  /** Takes timestamps from `start` to `end`. `strict` has events of one timestamp count as later than each other. */
  constructor({ ms, ns, sizes }: TimestampColumns, start: number, end: number, strict: boolean) {
    const ranked: number[] = [];
    for (let at = start; at < end; at += 1) ranked.push(at);
    // Sorting arrays makes use of stretches that are in order already.
    ranked.sort((a, b) => (ms[a] ?? 0) - (ms[b] ?? 0) || (ns[a] ?? 0) - (ns[b] ?? 0) || (strict ? b - a : 0));
    const { length } = ranked;
    this.ms = new Float64Array(length);
    this.ns = new Uint32Array(length);
    this.sizes = new Uint32Array(length);
    this.laterEvents = new Int32Array(length).fill(-1);
    this.laterBytes = new Float64Array(length);
    let latest = start - 1;
    let bytesBefore = 0;
    let bytesRanked = 0;
    for (let rank = 0; rank < length; rank += 1) {
      const at = ranked[rank] ?? start;
      if (at > latest) {
        // All of lower rank came before it, and so did those that are neither of lower rank nor came later.
        for (let before = Math.max(latest, start); before < at; before += 1) bytesBefore += sizes[before] ?? 0;
        this.laterEvents[rank] = at - start - rank;
        this.laterBytes[rank] = bytesBefore - bytesRanked;
        latest = at;
      }
      this.ms[rank] = ms[at] ?? 0;
      this.ns[rank] = ns[at] ?? 0;
      this.sizes[rank] = sizes[at] ?? 0;
      bytesRanked += sizes[at] ?? 0;
    }
  }

  get count(): number {
    return this.ms.length;
  }
}
