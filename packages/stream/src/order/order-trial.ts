import { compareTimestamps, type Timestamp } from '@eqlkit/engine';
import type { SourceLimits } from './order-limits.js';
import { ReorderBuffer } from './reorder-buffer.js';

interface Item {
  readonly timestamp: Timestamp;
  readonly sizeBytes: number;
}

/** Runs timestamps through reorder buffers to see which of them would put a source into order. */
export class OrderTrial {
  private readonly trials: readonly BufferTrial[];
  private readonly widest: SourceLimits;
  /** As long as all is in order, the buffers need not be run: this is what the widest one would hold. */
  private recent: Item[] | null = [];
  private recentStart = 0;
  private recentBytes = 0;
  private delivered: Timestamp | null = null;
  private latest: Timestamp | null = null;

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
  }

  /** Takes the next event. */
  add(timestamp: Timestamp, sizeBytes: number): void {
    const item = { timestamp, sizeBytes };
    if (this.recent !== null && !isLate(timestamp, this.latest, this.strict)) {
      this.latest = timestamp;
      this.remember(item, this.recent);
      return;
    }
    if (this.recent !== null) this.beginTrials(this.recent);
    for (const trial of this.trials) trial.add(item);
  }

  /** The limits of the narrowest buffer that suffices so far: of none at all, if all came in order; `null` if none does. */
  get sufficient(): SourceLimits | null {
    if (this.recent !== null) return { ...this.widest, maxBufferedEvents: 0, maxBufferedBytes: 0 };
    return this.trials.find(({ hasFailed }) => !hasFailed)?.limits ?? null;
  }

  private remember(item: Item, recent: Item[]): void {
    recent.push(item);
    this.recentBytes += item.sizeBytes;
    const { maxBufferedEvents, maxBufferedBytes } = this.widest;
    while (recent.length - this.recentStart > maxBufferedEvents || this.recentBytes > maxBufferedBytes) {
      const dropped = recent[this.recentStart];
      if (dropped === undefined) return;
      this.recentStart += 1;
      this.recentBytes -= dropped.sizeBytes;
      this.delivered = dropped.timestamp;
    }
    if (this.recentStart > 1000 && this.recentStart * 2 > recent.length) {
      recent.splice(0, this.recentStart);
      this.recentStart = 0;
    }
  }

  private beginTrials(recent: readonly Item[]): void {
    for (const trial of this.trials) trial.begin(recent.slice(this.recentStart), this.delivered);
    this.recent = null;
  }
}

/** One buffer on trial. */
class BufferTrial {
  hasFailed = false;
  private readonly buffer: ReorderBuffer<Item>;
  private delivered: Timestamp | null = null;

  constructor(
    readonly limits: SourceLimits,
    private readonly strict: boolean,
  ) {
    this.buffer = new ReorderBuffer((a, b) => compareTimestamps(a.timestamp, b.timestamp), limits);
  }

  begin(items: readonly Item[], delivered: Timestamp | null): void {
    this.delivered = delivered;
    for (const item of items) this.add(item);
  }

  add(item: Item): void {
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
