import type { Timestamp } from '@eqlkit/engine';
import type { EventProblem } from '../decode/event-problem.js';
import type { LineTable } from './line-table.js';
import type { NumberedSource } from './numbered-source.js';
import type { SourceLimits } from './order-limits.js';
import type { LineRange } from './range-cutter.js';

/** Earliest and latest timestamp of a source. */
export interface TimestampRange {
  readonly first: Timestamp;
  readonly last: Timestamp;
}

/** What a look at a source has found. It holds as long as the source is not changed. */
export interface SourceLook {
  readonly version: string;
  readonly table: LineTable;
  /** What is wrong with lines that are no events, in the order of the lines. */
  readonly problems: readonly EventProblem[];
  /** How many lines may be events. */
  readonly lines: number;
  /** All of the file in pieces that can be read on their own; null if it does not hold lines as they are. */
  readonly ranges: readonly LineRange[] | null;
}

/** A source that a reorder buffer puts into order. */
export interface StreamedSource extends NumberedSource {
  readonly way: 'stream';
  /** Of a buffer that suffices. */
  readonly limits: SourceLimits;
  /** Known for a file that has events. */
  readonly range: TimestampRange | null;
  readonly look: SourceLook | null;
}

/** A file that is in no order, but of which every line can be read where it stands. */
export interface PositionedSource extends NumberedSource {
  readonly way: 'position';
  readonly range: TimestampRange;
  readonly look: SourceLook;
  /** Numbers of its lines. */
  readonly order: Uint32Array;
  /** Blocks of the file that are kept in memory at a time. */
  readonly maxBlocks: number;
}

/** A source that is sorted, on disk if it is large. */
export interface SortedSource extends NumberedSource {
  readonly way: 'sort';
}

/** How a source is brought into order. */
export type SourcePlan = StreamedSource | PositionedSource | SortedSource;
