import { BLOCK_BYTES } from './file-blocks.js';

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
  /** Lines of all sources of which the place in the order is remembered after a first look; 2,097,152 if absent. */
  readonly maxKnownLines: number;
  /** Raw bytes of files that are read by position and kept in memory; 16 MiB if absent. */
  readonly maxCachedBytes: number;
}

const MIB = 1024 * 1024;

/** Limits that keep a process which orders events of ordinary size, whatever their number, within about 250 MiB. */
export const DEFAULT_ORDER_LIMITS: OrderLimits = {
  maxBufferedEvents: 10_000,
  maxBufferedBytes: 16 * MIB,
  maxRunBytes: 16 * MIB,
  maxMergedRuns: 64,
  maxOpenSources: 16,
  maxKnownLines: 2 ** 21,
  maxCachedBytes: 16 * MIB,
};

/** What one of several sources that are read at the same time may use. */
export interface SourceLimits {
  readonly maxBufferedEvents: number;
  readonly maxBufferedBytes: number;
  readonly chunkBytes: number;
}

/** What each of several sources may use. */
export interface SourceShares {
  readonly little: SourceLimits;
  readonly full: SourceLimits;
  /** Lines of which the place is remembered. */
  readonly maxLines: number;
  /** Blocks of the file that are kept if it is read by position. */
  readonly maxBlocks: number;
}

const MIN_BLOCKS = 4;

/**
 * What each of `sourceCount` sources may use, from little to all of its share of the limits. Most sources need only the
 * little, and decoded events that are held for long are what costs memory and time.
 */
export function shareLimits(limits: OrderLimits, sourceCount: number): SourceShares {
  const shares = Math.max(1, Math.min(sourceCount, limits.maxOpenSources));
  const chunkBytes = Math.floor(Math.min(MIB, (4 * MIB) / shares));
  const divide = (by: number): SourceLimits => ({
    maxBufferedEvents: Math.floor(limits.maxBufferedEvents / by),
    maxBufferedBytes: Math.floor(limits.maxBufferedBytes / by),
    chunkBytes,
  });
  return {
    little: divide(20 * shares),
    full: divide(shares),
    maxLines: Math.floor(limits.maxKnownLines / sourceCount),
    maxBlocks: Math.max(MIN_BLOCKS, Math.floor(limits.maxCachedBytes / shares / BLOCK_BYTES)),
  };
}
