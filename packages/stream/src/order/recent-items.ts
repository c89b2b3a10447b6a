import type { Timestamp } from '@eqlkit/engine';

/** What an order is judged by. */
export interface SizedTimestamp {
  readonly timestamp: Timestamp;
  readonly sizeBytes: number;
}

/** The latest of many items, without an object for each. */
export class RecentItems {
  private readonly ms: Float64Array;
  private readonly ns: Uint32Array;
  private readonly sizes: Uint32Array;
  private first = 0;
  private count = 0;
  private bytes = 0;
  private hasRemoved = false;
  private removedMs = 0;
  private removedNs = 0;

  /** Holds `capacity` items, one more for the moment. */
  constructor(private readonly capacity: number) {
    this.ms = new Float64Array(capacity + 1);
    this.ns = new Uint32Array(capacity + 1);
    this.sizes = new Uint32Array(capacity + 1);
  }

  get length(): number {
    return this.count;
  }

  /** Bytes of all items that are held. */
  get sizeBytes(): number {
    return this.bytes;
  }

  /** The timestamp of the item that was removed last; `null` if none was. */
  get removed(): Timestamp | null {
    return this.hasRemoved ? { ms: this.removedMs, ns: this.removedNs } : null;
  }

  /** Adds an item behind the others; to be followed by `shift` if that is one too many. */
  push(ms: number, ns: number, sizeBytes: number): void {
    const place = this.placeOf(this.count);
    this.ms[place] = ms;
    this.ns[place] = ns;
    this.sizes[place] = sizeBytes;
    this.count += 1;
    this.bytes += sizeBytes;
  }

  /** Removes the oldest item. */
  shift(): void {
    const { first } = this;
    this.hasRemoved = true;
    this.removedMs = this.ms[first] ?? 0;
    this.removedNs = this.ns[first] ?? 0;
    this.bytes -= this.sizes[first] ?? 0;
    this.first = this.placeOf(1);
    this.count -= 1;
  }

  /** The items, the oldest first. */
  items(): readonly SizedTimestamp[] {
    return Array.from({ length: this.count }, (_, index) => {
      const place = this.placeOf(index);
      return {
        timestamp: { ms: this.ms[place] ?? 0, ns: this.ns[place] ?? 0 },
        sizeBytes: this.sizes[place] ?? 0,
      };
    });
  }

  private placeOf(index: number): number {
    const place = this.first + index;
    return place > this.capacity ? place - this.capacity - 1 : place;
  }
}
