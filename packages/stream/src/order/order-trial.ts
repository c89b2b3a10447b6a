import { LatestTimestamps } from './latest-timestamps.js';
import type { SourceLimits } from './order-limits.js';

/**
 * Looks at timestamps to see which reorder buffers would put a source into order. A buffer gives the earliest of what it holds
 * as soon as that is too much. So an event comes too late for it exactly if those before it that are later than it are more than
 * it may hold: no buffer has to be run.
 */
export class OrderTrial {
  private readonly latest: LatestTimestamps;
  /** Limits of the buffers that suffice so far, the narrowest first. */
  private readonly candidates: SourceLimits[];
  private isInOrder = true;

  /**
   * `candidates` are limits of buffers, the wider ones last. `strict` says that an event that comes behind another one of
   * the same timestamp may belong before it.
   */
  constructor(candidates: readonly [...SourceLimits[], SourceLimits], strict: boolean) {
    this.candidates = [...candidates];
    this.latest = new LatestTimestamps(candidates[candidates.length - 1] ?? candidates[0], strict);
  }

  /** Takes the next event. */
  add(ms: number, ns: number, sizeBytes: number): void {
    const { candidates, latest } = this;
    if (candidates.length === 0) return;
    if (latest.hasLater(ms, ns)) {
      this.isInOrder = false;
      while (this.isTooLate(ms, ns)) candidates.shift();
    }
    latest.add(ms, ns, sizeBytes);
  }

  /** The limits of the narrowest buffer that suffices so far: of none at all, if all came in order; `null` if none does. */
  get sufficient(): SourceLimits | null {
    const [narrowest] = this.candidates;
    if (narrowest === undefined) return null;
    return this.isInOrder ? { ...narrowest, maxBufferedEvents: 0, maxBufferedBytes: 0 } : narrowest;
  }

  /** Whether an event comes too late for the narrowest buffer that is left. */
  private isTooLate(ms: number, ns: number): boolean {
    const [narrowest] = this.candidates;
    if (narrowest === undefined) return false;
    if (this.latest.hasFormerLater(ms, ns)) return true;
    // The widest one would hold what is held here.
    return this.candidates.length > 1 && this.latest.hasMoreLater(ms, ns, narrowest);
  }
}
