/** So many look-ups are judged together. */
const TRIAL_LOOKUPS = 1_024;

/** So many look-ups are passed over where values hardly repeat, before the next trial. */
const PASSED_LOOKUPS = 32_768;

/** Longest text that is remembered. */
const MAX_TEXT_LENGTH = 512;

/**
 * Remembers what was found out about the texts of a field. Most fields of events repeat a few values; where they do not,
 * such as in ids, remembering costs more than it saves, so the cache stands aside for a while. It never holds more than
 * its capacity, whatever comes.
 */
export class ValueCache<T> {
  private readonly entries = new Map<string, T>();
  private lookups = 0;
  private hits = 0;
  private passes = 0;

  constructor(private readonly capacity: number) {}

  get(text: string): T | undefined {
    if (this.passes > 0) {
      this.passes -= 1;
      return undefined;
    }
    const known = this.entries.get(text);
    this.lookups += 1;
    if (known !== undefined) this.hits += 1;
    if (this.lookups === TRIAL_LOOKUPS) this.judge();
    return known;
  }

  /** Remembers what `get` did not know. */
  set(text: string, found: T): void {
    if (this.passes > 0 || text.length > MAX_TEXT_LENGTH) return;
    if (this.entries.size >= this.capacity) this.entries.clear();
    this.entries.set(text, found);
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
