/** A value and how often it was seen: exactly, or at least that often if others had to make room. */
export interface CountedValue<T> {
  readonly value: T;
  readonly count: number;
}

interface Counter {
  count: number;
  /** How much of the count may belong to values that were forgotten. */
  inherited: number;
}

/**
 * Finds the most frequent values of a stream in constant memory (Metwally, Agrawal, El Abbadi: Efficient computation of
 * frequent and top-k elements in data streams, 2005). A value that makes up more than 1/capacity of the stream is always
 * found; counts are lower bounds.
 */
export class FrequentValues<T extends string | number | bigint | boolean> {
  private readonly counters = new Map<T, Counter>();
  private forgot = false;

  constructor(private readonly capacity: number) {}

  /** Whether no value was ever forgotten, so that all are here and every count is exact. */
  get isExact(): boolean {
    return !this.forgot;
  }

  /** How many different values are held. */
  get size(): number {
    return this.counters.size;
  }

  add(value: T, times = 1): void {
    const known = this.counters.get(value);
    if (known !== undefined) {
      known.count += times;
      return;
    }
    if (this.counters.size < this.capacity) {
      this.counters.set(value, { count: times, inherited: 0 });
      return;
    }
    const inherited = this.forgetRarest();
    this.counters.set(value, { count: inherited + times, inherited });
  }

  /** Says that there was a value which cannot be held. */
  leaveOut(): void {
    this.forgot = true;
  }

  private forgetRarest(): number {
    let rarest: T | undefined;
    let least = Infinity;
    for (const [value, { count }] of this.counters) {
      if (count >= least) continue;
      rarest = value;
      least = count;
      // Nothing is rarer.
      if (count === 1) break;
    }
    if (rarest !== undefined) this.counters.delete(rarest);
    this.forgot = true;
    return Number.isFinite(least) ? least : 0;
  }

  /** The most frequent values, the most frequent first; equally frequent ones in the order they were seen. */
  top(limit: number): readonly CountedValue<T>[] {
    return [...this.counters]
      .map(([value, { count, inherited }]) => ({ value, count: count - inherited }))
      .sort((a, b) => b.count - a.count)
      .slice(0, limit);
  }
}
