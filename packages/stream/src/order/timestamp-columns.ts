/** Timestamps of lines in a row, without an object for each. */
export interface TimestampColumns {
  /** Milliseconds since the epoch, and the nanoseconds beyond. */
  readonly ms: Float64Array;
  readonly ns: Uint32Array;
  /** Bytes of each line, without its line break. */
  readonly sizes: Uint32Array;
}

/** Whether one timestamp is later than another; with `strict` also if they are the same. */
export function isLater(ms: number, ns: number, otherMs: number, otherNs: number, strict: boolean): boolean {
  return ms > otherMs || (ms === otherMs && (ns > otherNs || (ns === otherNs && strict)));
}
