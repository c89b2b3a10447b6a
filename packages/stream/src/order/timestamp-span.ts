import type { TimestampColumns } from './timestamp-columns.js';
import type { TimestampRange } from './source-plan.js';

/** Earliest and latest of the timestamps that were added, without an object for each. */
export class TimestampSpan {
  private firstMs = Number.POSITIVE_INFINITY;
  private firstNs = 0;
  private lastMs = Number.NEGATIVE_INFINITY;
  private lastNs = 0;

  add(ms: number, ns: number): void {
    if (ms < this.firstMs || (ms === this.firstMs && ns < this.firstNs)) {
      this.firstMs = ms;
      this.firstNs = ns;
    }
    if (ms > this.lastMs || (ms === this.lastMs && ns > this.lastNs)) {
      this.lastMs = ms;
      this.lastNs = ns;
    }
  }

  /** Adds the first `count` of some timestamps; the first `orderedCount` of them are in order. */
  addMany({ ms, ns }: TimestampColumns, count: number, orderedCount: number): void {
    this.add(ms[0] ?? 0, ns[0] ?? 0);
    for (let index = Math.max(1, orderedCount - 1); index < count; index += 1) this.add(ms[index] ?? 0, ns[index] ?? 0);
  }

  /** `null` if there was none. */
  get range(): TimestampRange | null {
    if (this.firstMs > this.lastMs) return null;
    return { first: { ms: this.firstMs, ns: this.firstNs }, last: { ms: this.lastMs, ns: this.lastNs } };
  }
}
