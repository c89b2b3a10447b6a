import type { TimedLines } from './line-looker.js';

/** A stretch of a file that holds whole lines. */
export interface LineRange {
  /** Place of its first byte in the file. */
  readonly offset: number;
  readonly bytes: number;
  /** One-based number of its first line. */
  readonly firstLine: number;
  /** How many lines of the file that may be events come before it. */
  readonly linesBefore: number;
}

/** Where a range begins. */
type RangeStart = Omit<LineRange, 'bytes'>;

/** Longest range that is read as a whole: only lines that are too long make one so long. */
const MAX_RANGE_BYTES = 64 * 1024 * 1024;

/**
 * Cuts a file that is looked at into ranges of about the same number of bytes. Each but the first begins with a line that may
 * be an event; blank lines and lines that are none belong to the range before.
 */
export class RangeCutter {
  private readonly starts: RangeStart[] = [{ offset: 0, firstLine: 1, linesBefore: 0 }];
  private added = 0;
  private nextEnd: number;
  private isStored = true;

  /** A line belongs to the first range if it ends within `rangeBytes`, to the next if it ends within twice as many, and so on. */
  constructor(private readonly rangeBytes: number) {
    this.nextEnd = rangeBytes;
  }

  /** How many lines were taken. */
  get lines(): number {
    return this.added;
  }

  /** Takes the next line that may be an event; `offset` is null if the file does not hold it as it is. */
  add(line: number, offset: number | null, lineBytes: number): void {
    if (offset === null) this.isStored = false;
    else if (offset + lineBytes >= this.nextEnd) {
      if (this.added > 0) this.starts.push({ offset, firstLine: line, linesBefore: this.added });
      this.nextEnd = (Math.floor((offset + lineBytes) / this.rangeBytes) + 1) * this.rangeBytes;
    }
    this.added += 1;
  }

  /** Takes lines in a row that the file holds as they are; `line` is the number of the first. */
  addMany(line: number, { count, offsets, sizes }: Pick<TimedLines, 'count' | 'offsets' | 'sizes'>): void {
    const last = count - 1;
    if ((offsets[last] ?? 0) + (sizes[last] ?? 0) < this.nextEnd) {
      this.added += count;
      return;
    }
    for (let index = 0; index < count; index += 1) this.add(line + index, offsets[index] ?? 0, sizes[index] ?? 0);
  }

  /** The ranges of a file of so many bytes that was looked at to its end; null if it cannot be divided. */
  finish(fileBytes: number): readonly LineRange[] | null {
    if (!this.isStored || this.added === 0) return null;
    const ranges = this.starts.map((start, index) => ({
      ...start,
      bytes: (this.starts[index + 1]?.offset ?? fileBytes) - start.offset,
    }));
    return ranges.every(({ bytes }) => bytes <= MAX_RANGE_BYTES) ? ranges : null;
  }
}
