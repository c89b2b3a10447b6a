import type { Scalar } from '../values/value.js';

/** So many look-ups are judged together. */
const TRIAL_LOOKUPS = 1_024;

/** So many look-ups are passed over where values hardly repeat, before the next trial. */
const PASSED_LOOKUPS = 32_768;

/** Longest text that is remembered. */
const MAX_TEXT_LENGTH = 512;

/**
 * Remembers what was found out about the values of a field, texts mostly. A list counts as known only if it is the same
 * object, as those are that readers of events keep.
 * Most fields of events repeat a few values; where they do not,
 * such as in ids, remembering costs more than it saves, so the cache stands aside for a while. It never holds more than
 * its capacity, whatever comes.
 */
export class ValueCache<T, K extends Scalar | readonly Scalar[] = string> {
  private readonly entries = new Map<K, T>();
  private lookups = 0;
  private hits = 0;
  private passes = 0;

  constructor(private readonly capacity: number) {}

  /** Whether nothing is remembered at present. */
  get standsAside(): boolean {
    return this.passes > 0;
  }

  get(value: K): T | undefined {
    if (this.passes > 0) {
      this.passes -= 1;
      return undefined;
    }
    const known = this.entries.get(value);
    this.lookups += 1;
    if (known !== undefined) this.hits += 1;
    if (this.lookups === TRIAL_LOOKUPS) this.judge();
    return known;
  }

  /** Remembers what `get` did not know. */
  set(value: K, found: T): void {
    if (this.passes > 0 || (typeof value === 'string' && value.length > MAX_TEXT_LENGTH)) return;
    if (this.entries.size >= this.capacity) this.entries.clear();
    this.entries.set(value, found);
  }

  clear(): void {
    this.entries.clear();
  }

  private judge(): void {
    if (this.hits * 2 < this.lookups) {
      this.passes = PASSED_LOOKUPS;
      this.entries.clear();
    }
    this.lookups = 0;
    this.hits = 0;
  }
}
