/** How many results fell into one stretch of time. */
interface TimeBucket {
  readonly startMs: number;
  readonly count: number;
}

/** Counts over time: adjoining buckets of one width, those without results among them. */
export interface TimeHistogramResult {
  readonly bucketMs: number;
  readonly buckets: readonly TimeBucket[];
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Widths of buckets; each is a multiple of the one before, so that buckets can be joined. */
const WIDTHS_MS = [
  1,
  10,
  100,
  SECOND,
  5 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  7 * DAY,
  28 * DAY,
  84 * DAY,
  336 * DAY,
  3_360 * DAY,
  33_600 * DAY,
  336_000 * DAY,
] as const;

/** Most buckets that are held; when there are more, neighbours are joined. */
const MAX_HELD = 1_000;

/** Counts points in time whose range is not known beforehand, in constant memory. */
export class TimeHistogram {
  private width = 0;
  private counts = new Map<number, number>();

  add(timeMs: number): void {
    this.count(timeMs, 1);
    while (this.counts.size > MAX_HELD && this.width < WIDTHS_MS.length - 1) this.widen();
  }

  private count(timeMs: number, times: number): void {
    const width = widthAt(this.width);
    const start = Math.floor(timeMs / width) * width;
    this.counts.set(start, (this.counts.get(start) ?? 0) + times);
  }

  private widen(): void {
    const { counts } = this;
    this.counts = new Map();
    this.width += 1;
    for (const [start, count] of counts) this.count(start, count);
  }

  /** The counts in at most `maxBuckets` buckets of a round width; the histogram itself may become coarser by it. */
  result(maxBuckets: number): TimeHistogramResult {
    if (this.counts.size === 0) return { bucketMs: WIDTHS_MS[0], buckets: [] };
    const span = (): number => {
      const starts = [...this.counts.keys()];
      const extent = starts.reduce((last, start) => Math.max(last, start), -Infinity) - this.firstStart();
      return extent / widthAt(this.width) + 1;
    };
    while (span() > maxBuckets && this.width < WIDTHS_MS.length - 1) this.widen();
    const bucketMs = widthAt(this.width);
    const first = this.firstStart();
    const buckets = Array.from({ length: Math.min(span(), maxBuckets) }, (_, index) => {
      const startMs = first + index * bucketMs;
      return { startMs, count: this.counts.get(startMs) ?? 0 };
    });
    return { bucketMs, buckets };
  }

  private firstStart(): number {
    return [...this.counts.keys()].reduce((earliest, start) => Math.min(earliest, start), Infinity);
  }
}

function widthAt(index: number): number {
  return WIDTHS_MS[index] ?? WIDTHS_MS[WIDTHS_MS.length - 1] ?? 1;
}
