import { compareTimestamps, type Timestamp } from '@eqlkit/engine';
import type { SourceLimits } from './order-limits.js';
import { RecentItems, type SizedTimestamp } from './recent-items.js';
import { ReorderBuffer } from './reorder-buffer.js';

/** Runs timestamps through reorder buffers to see which of them would put a source into order. */
export class OrderTrial {
  private readonly trials: readonly BufferTrial[];
  private readonly widest: SourceLimits;
  /** As long as all is in order, the buffers need not be run: this is what the widest one would hold. */
  private recent: RecentItems | null;
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
    this.trials = candidates.map((limits) => new BufferTrial(limits, strict));
    this.widest = candidates[candidates.length - 1] ?? candidates[0];
    this.recent = new RecentItems(this.widest.maxBufferedEvents);
  }

  /** Takes the next event. */
  add(ms: number, ns: number, sizeBytes: number): void {
    if (this.recent !== null && this.isInOrder(ms, ns)) {
      this.latestMs = ms;
      this.latestNs = ns;
      this.remember(ms, ns, sizeBytes, this.recent);
      return;
    }
    if (this.recent !== null) this.beginTrials(this.recent);
    if (this.trials.every(({ hasFailed }) => hasFailed)) return;
    for (const trial of this.trials) trial.add({ timestamp: { ms, ns }, sizeBytes });
  }

  /** The limits of the narrowest buffer that suffices so far: of none at all, if all came in order; `null` if none does. */
  get sufficient(): SourceLimits | null {
    if (this.recent !== null) return { ...this.widest, maxBufferedEvents: 0, maxBufferedBytes: 0 };
    return this.trials.find(({ hasFailed }) => !hasFailed)?.limits ?? null;
  }

  private isInOrder(ms: number, ns: number): boolean {
    const { latestMs, latestNs } = this;
    return ms > latestMs || (ms === latestMs && (ns > latestNs || (ns === latestNs && !this.strict)));
  }

  private remember(ms: number, ns: number, sizeBytes: number, recent: RecentItems): void {
    recent.push(ms, ns, sizeBytes);
    const { maxBufferedEvents, maxBufferedBytes } = this.widest;
    while (recent.length > maxBufferedEvents || recent.sizeBytes > maxBufferedBytes) recent.shift();
  }

  private beginTrials(recent: RecentItems): void {
    const items = recent.items();
    for (const trial of this.trials) trial.begin(items, recent.removed);
    this.recent = null;
  }
}

/** One buffer on trial. */
class BufferTrial {
  hasFailed = false;
  private readonly buffer: ReorderBuffer<SizedTimestamp>;
  private delivered: Timestamp | null = null;

  constructor(
    readonly limits: SourceLimits,
    private readonly strict: boolean,
  ) {
    this.buffer = new ReorderBuffer((a, b) => compareTimestamps(a.timestamp, b.timestamp), limits);
  }

  begin(items: readonly SizedTimestamp[], delivered: Timestamp | null): void {
    this.delivered = delivered;
    for (const item of items) this.add(item);
  }

  add(item: SizedTimestamp): void {
    if (isLate(item.timestamp, this.delivered, this.strict)) this.hasFailed = true;
    if (this.hasFailed) return;
    this.buffer.add(item);
    for (let next = this.buffer.takeExcess(); next !== undefined; next = this.buffer.takeExcess()) {
      this.delivered = next.timestamp;
    }
  }
}

/** Whether an event comes behind one that it may belong before. */
function isLate(timestamp: Timestamp, before: Timestamp | null, strict: boolean): boolean {
  if (before === null) return false;
  const distance = compareTimestamps(timestamp, before);
  return distance < 0 || (distance === 0 && strict);
}
