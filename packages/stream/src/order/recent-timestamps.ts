/** Timestamps of lines in a row. */
export interface TimestampColumns {
  /** Milliseconds since the epoch, and the nanoseconds beyond. */
  readonly ms: Float64Array;
  readonly ns: Uint32Array;
  /** Bytes of each line, without its line break. */
  readonly sizes: Uint32Array;
}

/** The timestamps that were added last, in the order in which they came; without an object for each. */
export class RecentTimestamps {
  private readonly kept: number;
  private readonly ms: Float64Array;
  private readonly ns: Uint32Array;
  private readonly sizes: Uint32Array;
  private end = 0;

  /** Holds `count` timestamps at least, if so many were added. */
  constructor(count: number) {
    this.kept = Math.max(1, count);
    // So that they have to be moved only rarely.
    this.ms = new Float64Array(2 * this.kept);
    this.ns = new Uint32Array(2 * this.kept);
    this.sizes = new Uint32Array(2 * this.kept);
  }

  add(ms: number, ns: number, sizeBytes: number): void {
    this.makeRoom(1);
    this.ms[this.end] = ms;
    this.ns[this.end] = ns;
    this.sizes[this.end] = sizeBytes;
    this.end += 1;
  }

  /** Adds the first `count` of some timestamps. */
  addMany({ ms, ns, sizes }: TimestampColumns, count: number): void {
    const first = Math.max(0, count - this.kept);
    this.makeRoom(count - first);
    this.ms.set(ms.subarray(first, count), this.end);
    this.ns.set(ns.subarray(first, count), this.end);
    this.sizes.set(sizes.subarray(first, count), this.end);
    this.end += count - first;
  }

  /** What is held, the oldest first. */
  columns(): TimestampColumns {
    const { end } = this;
    return { ms: this.ms.subarray(0, end), ns: this.ns.subarray(0, end), sizes: this.sizes.subarray(0, end) };
  }

  private makeRoom(count: number): void {
    if (this.end + count <= this.ms.length) return;
    const first = this.end - this.kept;
    for (const column of [this.ms, this.ns, this.sizes]) column.copyWithin(0, first, this.end);
    this.end = this.kept;
  }
}
