/** Bounds of what ordering holds in memory and on disk. */
export interface OrderLimits {
  /** Events that wait in reorder buffers; 10,000 if absent. */
  readonly maxBufferedEvents: number;
  /** Raw bytes of the events that wait in reorder buffers; 16 MiB if absent. */
  readonly maxBufferedBytes: number;
  /** Raw bytes of the lines that are sorted in memory at a time; 16 MiB if absent. */
  readonly maxRunBytes: number;
  /** Sorted runs that are merged at a time; 64 if absent. */
  readonly maxMergedRuns: number;
  /** Sources that are streamed at a time; 16 if absent. What overlaps further is sorted on disk. */
  readonly maxOpenSources: number;
}

const MIB = 1024 * 1024;

/** Limits that keep a process which orders events of ordinary size, whatever their number, within about 250 MiB. */
export const DEFAULT_ORDER_LIMITS: OrderLimits = {
  maxBufferedEvents: 10_000,
  maxBufferedBytes: 16 * MIB,
  maxRunBytes: 16 * MIB,
  maxMergedRuns: 64,
  maxOpenSources: 16,
};

/** What one of several sources that are read at the same time may use. */
export interface SourceLimits {
  readonly maxBufferedEvents: number;
  readonly maxBufferedBytes: number;
  readonly chunkBytes: number;
}

/**
 * What each of `sourceCount` sources may use, from little to all of its share of the limits. Most sources need only the
 * little, and decoded events that are held for long are what costs memory and time.
 */
export function shareLimits(limits: OrderLimits, sourceCount: number): { little: SourceLimits; full: SourceLimits } {
  const shares = Math.max(1, Math.min(sourceCount, limits.maxOpenSources));
  const chunkBytes = Math.floor(Math.min(MIB, (4 * MIB) / shares));
  const divide = (by: number): SourceLimits => ({
    maxBufferedEvents: Math.floor(limits.maxBufferedEvents / by),
    maxBufferedBytes: Math.floor(limits.maxBufferedBytes / by),
    chunkBytes,
  });
  return { little: divide(20 * shares), full: divide(shares) };
}
