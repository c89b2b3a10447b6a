import type { Timestamp } from '@eqlkit/engine';

/** What is known of a stored event without reading it. */
export interface StoredEvent {
  readonly timestamp: Timestamp;
  /** Number of the source that it was read from. */
  readonly source: number;
  /** One-based line in the source. */
  readonly line: number;
  /** Number of the block that holds its bytes, from `start` to `end`. */
  readonly block: number;
  readonly start: number;
  readonly end: number;
}

const FIRST_CAPACITY = 1024;

/** A table of stored events, column by column: 36 bytes for each outside of the JavaScript heap, where objects took 150. */
export class EventColumns {
  private count = 0;
  private ms = new Float64Array(FIRST_CAPACITY);
  private ns = new Uint32Array(FIRST_CAPACITY);
  private sources = new Uint32Array(FIRST_CAPACITY);
  private lines = new Float64Array(FIRST_CAPACITY);
  private blocks = new Uint32Array(FIRST_CAPACITY);
  private starts = new Uint32Array(FIRST_CAPACITY);
  private ends = new Uint32Array(FIRST_CAPACITY);

  get size(): number {
    return this.count;
  }

  /** Adds an event behind the others. */
  push({ timestamp, source, line, block, start, end }: StoredEvent): void {
    if (this.count === this.ms.length) this.grow();
    const at = this.count;
    this.ms[at] = timestamp.ms;
    this.ns[at] = timestamp.ns;
    this.sources[at] = source;
    this.lines[at] = line;
    this.blocks[at] = block;
    this.starts[at] = start;
    this.ends[at] = end;
    this.count += 1;
  }

  /** The event at a row, from 0. */
  read(row: number): StoredEvent {
    return {
      timestamp: { ms: this.ms[row] ?? 0, ns: this.ns[row] ?? 0 },
      source: this.sources[row] ?? 0,
      line: this.lines[row] ?? 0,
      block: this.blocks[row] ?? 0,
      start: this.starts[row] ?? 0,
      end: this.ends[row] ?? 0,
    };
  }

  /** Whether the event at row `a` comes before the one at row `b` in time (negative), at the same (0) or after it. */
  compareTimes(a: number, b: number): number {
    return (this.ms[a] ?? 0) - (this.ms[b] ?? 0) || (this.ns[a] ?? 0) - (this.ns[b] ?? 0);
  }

  private grow(): void {
    this.ms = twice(this.ms, Float64Array);
    this.ns = twice(this.ns, Uint32Array);
    this.sources = twice(this.sources, Uint32Array);
    this.lines = twice(this.lines, Float64Array);
    this.blocks = twice(this.blocks, Uint32Array);
    this.starts = twice(this.starts, Uint32Array);
    this.ends = twice(this.ends, Uint32Array);
  }
}

function twice<T extends Float64Array | Uint32Array>(column: T, Column: new (length: number) => T): T {
  const grown = new Column(2 * column.length);
  grown.set(column);
  return grown;
}
