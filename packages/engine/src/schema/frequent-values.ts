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
  /** Values that were the rarest when they were last looked for, the first seen at the end, and how often they were seen. */
  private rare: T[] = [];
  private least = Infinity;

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
    this.forgot = true;
    const rarest = this.nextRare() ?? this.findRare();
    if (rarest === undefined) return 0;
    this.counters.delete(rarest);
    return this.least;
  }

  /** One of the rarest values that are known. Values that came or were seen since they were looked for are more frequent. */
  private nextRare(): T | undefined {
    for (let value = this.rare.pop(); value !== undefined; value = this.rare.pop()) {
      if (this.counters.get(value)?.count === this.least) return value;
    }
    return undefined;
  }

  /** Looks for the rarest values, and gives the one that was seen first. */
  private findRare(): T | undefined {
    this.least = Infinity;
    for (const [value, { count }] of this.counters) {
      if (count > this.least) continue;
      if (count < this.least) this.rare = [];
      this.least = count;
      this.rare.push(value);
    }
    this.rare.reverse();
    return this.rare.pop();
  }

  /** The most frequent values, the most frequent first; equally frequent ones in the order they were seen. */
  top(limit: number): readonly CountedValue<T>[] {
    return [...this.counters]
      .map(([value, { count, inherited }]) => ({ value, count: count - inherited }))
      .sort((a, b) => b.count - a.count)
      .slice(0, limit);
  }
}
