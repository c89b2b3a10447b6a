import { LatestTimestamps } from './latest-timestamps.js';
import type { SourceLimits } from './order-limits.js';
import { RecentTimestamps, type TimestampColumns } from './recent-timestamps.js';

/** Timestamps in a row, of which the first `orderedCount` are in order. */
interface TimestampRun extends TimestampColumns {
  readonly count: number;
  readonly orderedCount: number;
}

/**
 * Looks at timestamps to see which reorder buffers would put a source into order. A buffer gives the earliest of what it holds
 * as soon as that is too much. So an event comes too late for it exactly if those before it that are later than it are more than
 * it may hold: no buffer has to be run.
 */
export class OrderTrial {
  /** Limits of the buffers that suffice so far, the narrowest first. */
  private readonly candidates: SourceLimits[];
  private readonly widest: SourceLimits;
  /** As long as all is in order: what the widest buffer would hold, and one more. */
  private recent: RecentTimestamps | null;
  private latest: LatestTimestamps | null = null;
  private latestMs = Number.NEGATIVE_INFINITY;
  private latestNs = 0;

  /**
   * `candidates` are limits of buffers, the wider ones last. `strict` says that an event that comes behind another one of
   * the same timestamp may belong before it.
   */
  constructor(
    candidates: readonly [...SourceLimits[], SourceLimits],
    private readonly strict: boolean,
  ) {
    this.candidates = [...candidates];
    this.widest = candidates[candidates.length - 1] ?? candidates[0];
    this.recent = new RecentTimestamps(this.widest.maxBufferedEvents + 1);
  }

  /** Takes the next event. */
  add(ms: number, ns: number, sizeBytes: number): void {
    if (this.recent !== null && this.isInOrder(ms, ns)) {
      this.recent.add(ms, ns, sizeBytes);
      this.latestMs = ms;
      this.latestNs = ns;
    } else this.addToLatest(ms, ns, sizeBytes);
  }

  /** Takes the next events; those that are in order all at once. */
  addMany(run: TimestampRun): void {
    const { count, orderedCount, ms, ns, sizes } = run;
    let index = 0;
    if (this.recent !== null && this.isInOrder(ms[0] ?? 0, ns[0] ?? 0)) {
      this.recent.addMany(run, orderedCount);
      this.latestMs = ms[orderedCount - 1] ?? 0;
      this.latestNs = ns[orderedCount - 1] ?? 0;
      index = orderedCount;
    }
    for (; index < count && this.candidates.length > 0; index += 1) {
      this.addToLatest(ms[index] ?? 0, ns[index] ?? 0, sizes[index] ?? 0);
    }
  }

  /** The limits of the narrowest buffer that suffices so far: of none at all, if all came in order; `null` if none does. */
  get sufficient(): SourceLimits | null {
    if (this.recent !== null) return { ...this.widest, maxBufferedEvents: 0, maxBufferedBytes: 0 };
    return this.candidates[0] ?? null;
  }

  private isInOrder(ms: number, ns: number): boolean {
    const { latestMs, latestNs } = this;
    return ms > latestMs || (ms === latestMs && (ns > latestNs || (ns === latestNs && !this.strict)));
  }

  private addToLatest(ms: number, ns: number, sizeBytes: number): void {
    const { candidates } = this;
    if (this.recent !== null) {
      this.latest = new LatestTimestamps(this.recent.columns(), this.widest, this.strict);
      this.recent = null;
    }
    if (this.latest === null) return;
    if (this.latest.hasLater(ms, ns)) while (isTooLate(ms, ns, this.latest, candidates)) candidates.shift();
    this.latest.add(ms, ns, sizeBytes);
    if (candidates.length === 0) this.latest = null;
  }
}

/** Whether an event comes too late for the narrowest of some buffers. */
function isTooLate(ms: number, ns: number, latest: LatestTimestamps, buffers: readonly SourceLimits[]): boolean {
  const [narrowest] = buffers;
  if (narrowest === undefined) return false;
  if (latest.hasFormerLater(ms, ns)) return true;
  // The widest one would hold what is held.
  return buffers.length > 1 && latest.hasMoreLater(ms, ns, narrowest);
}
