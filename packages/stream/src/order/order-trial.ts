import type { SourceLimits } from './order-limits.js';
import { RankedTimestamps } from './ranked-timestamps.js';
import { isLater, type TimestampColumns } from './timestamp-columns.js';

/** Timestamps that can be added before they are put into order, at least. */
const ROOM = 4_096;

/** The first `count` of some timestamps, of which `orderedCount` are in order. */
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
  private readonly widest: SourceLimits;
  /** So many of the latest timestamps are kept. */
  private readonly kept: number;
  private readonly columns: TimestampColumns;
  /** Up to here they are in order; behind that they are as they came. */
  private sortedEnd = 0;
  private end = 0;
  /** Whether those behind it happen to be in order, too. */
  private isSorted = true;
  /** The latest one that is not kept any more. */
  private formerMs = Number.NEGATIVE_INFINITY;
  private formerNs = 0;
  /** The most that are later than one that comes behind them. */
  private heldEvents = 0;
  private heldBytes = 0;

  /**
   * `candidates` are limits of buffers, the wider ones last. `strict` says that an event that comes behind another one of
   * the same timestamp may belong before it.
   */
  constructor(
    private readonly candidates: readonly [...SourceLimits[], SourceLimits],
    private readonly strict: boolean,
  ) {
    this.widest = candidates[candidates.length - 1] ?? candidates[0];
    this.kept = this.widest.maxBufferedEvents;
    const length = 2 * this.kept + ROOM;
    this.columns = { ms: new Float64Array(length), ns: new Uint32Array(length), sizes: new Uint32Array(length) };
  }

  /** Takes the next event. */
  add(ms: number, ns: number, sizeBytes: number): void {
    if (this.hasFailed) return;
    this.makeRoom();
    const { columns, end } = this;
    this.isSorted &&= this.isInOrder(ms, ns);
    columns.ms[end] = ms;
    columns.ns[end] = ns;
    columns.sizes[end] = sizeBytes;
    this.end += 1;
  }

  /** Takes the next events. */
  addMany({ count, orderedCount, ms, ns, sizes }: TimestampRun): void {
    for (let start = 0; start < count && !this.hasFailed;) {
      this.makeRoom();
      const { columns, end } = this;
      const next = Math.min(count, start + columns.ms.length - end);
      this.isSorted &&= next <= orderedCount && this.isInOrder(ms[start] ?? 0, ns[start] ?? 0);
      columns.ms.set(ms.subarray(start, next), end);
      columns.ns.set(ns.subarray(start, next), end);
      columns.sizes.set(sizes.subarray(start, next), end);
      this.end += next - start;
      start = next;
    }
  }

  /** The limits of the narrowest buffer that suffices so far: of none at all, if all came in order; `null` if none does. */
  get sufficient(): SourceLimits | null {
    this.sort();
    if (this.heldEvents === 0) return { ...this.widest, maxBufferedEvents: 0, maxBufferedBytes: 0 };
    return this.candidates.find((limits) => this.isWithin(limits)) ?? null;
  }

  private get hasFailed(): boolean {
    return !this.isWithin(this.widest);
  }

  private isWithin({ maxBufferedEvents, maxBufferedBytes }: SourceLimits): boolean {
    return this.heldEvents <= maxBufferedEvents && this.heldBytes <= maxBufferedBytes;
  }

  /** Whether a timestamp may follow the one that was added last. */
  private isInOrder(ms: number, ns: number): boolean {
    if (this.end === 0) return !isLater(this.formerMs, this.formerNs, ms, ns, this.strict);
    return !this.isLaterAt(this.end - 1, ms, ns);
  }

  private isLaterAt(index: number, ms: number, ns: number): boolean {
    return isLater(this.columns.ms[index] ?? 0, this.columns.ns[index] ?? 0, ms, ns, this.strict);
  }

  private hold(events: number, bytes: number): void {
    this.heldEvents = Math.max(this.heldEvents, events);
    this.heldBytes = Math.max(this.heldBytes, bytes);
  }

  /** Lets go of all but the latest timestamps once there is no room for more. */
  private makeRoom(): void {
    const { ms, ns, sizes } = this.columns;
    if (this.end < ms.length) return;
    this.sort();
    const first = this.end - this.kept;
    this.formerMs = ms[first - 1] ?? 0;
    this.formerNs = ns[first - 1] ?? 0;
    for (const column of [ms, ns, sizes]) column.copyWithin(0, first, this.end);
    this.end = this.kept;
    this.sortedEnd = this.kept;
  }

  /** Puts the timestamps into order that were added since the last time, and counts those that are later than one behind them. */
  private sort(): void {
    if (!this.isSorted) this.merge();
    this.isSorted = true;
    this.sortedEnd = this.end;
  }

  private merge(): void {
    const { ms, ns, sizes } = this.columns;
    const added = new RankedTimestamps(this.columns, this.sortedEnd, this.end, this.strict);
    if (isLater(this.formerMs, this.formerNs, added.ms[0] ?? 0, added.ns[0] ?? 0, this.strict)) {
      // All that are kept are later, and one more.
      this.hold(this.kept + 1, 0);
      return;
    }
    let from = this.sortedEnd;
    let to = this.end;
    let laterEvents = 0;
    let laterBytes = 0;
    for (let rank = added.count - 1; rank >= 0; rank -= 1) {
      const addedMs = added.ms[rank] ?? 0;
      const addedNs = added.ns[rank] ?? 0;
      while (from > 0 && this.isLaterAt(from - 1, addedMs, addedNs)) {
        from -= 1;
        to -= 1;
        ms[to] = ms[from] ?? 0;
        ns[to] = ns[from] ?? 0;
        sizes[to] = sizes[from] ?? 0;
        laterEvents += 1;
        laterBytes += sizes[to] ?? 0;
      }
      to -= 1;
      ms[to] = addedMs;
      ns[to] = addedNs;
      sizes[to] = added.sizes[rank] ?? 0;
      const events = added.laterEvents[rank] ?? 0;
      if (events >= 0) this.hold(laterEvents + events, laterBytes + (added.laterBytes[rank] ?? 0));
    }
  }
}
