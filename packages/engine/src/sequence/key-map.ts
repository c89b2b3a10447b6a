/** So many keys fit into one map; more are spread over several. */
const SINGLE_MAP_KEYS = 16_384;

/** A power of two. */
const SHARDS = 128;

/** So many characters of a key, from its end, decide its shard. */
const HASHED_CHARACTERS = 8;

/**
 * A map by join key. A plain map stops to copy all its entries when it grows or shrinks, which takes tens of milliseconds
 * with a million of them; here many keys lie in many small maps, so nothing ever takes long.
 */
export class KeyMap<T> {
  private shards: readonly Map<string, T>[] = [new Map()];
  private count = 0;

  get size(): number {
    return this.count;
  }

  get(key: string): T | undefined {
    return this.shardOf(key).get(key);
  }

  set(key: string, value: T): void {
    const shard = this.shardOf(key);
    const before = shard.size;
    shard.set(key, value);
    this.count += shard.size - before;
    if (this.count > SINGLE_MAP_KEYS && this.shards.length === 1) this.spread();
  }

  delete(key: string): void {
    if (this.shardOf(key).delete(key)) this.count -= 1;
  }

  /** The entries, in no particular order. */
  *entries(): IterableIterator<readonly [string, T]> {
    for (const shard of this.shards) yield* shard;
  }

  private spread(): void {
    const entries = [...this.entries()];
    this.shards = Array.from({ length: SHARDS }, () => new Map<string, T>());
    for (const [key, value] of entries) this.shardOf(key).set(key, value);
  }

  private shardOf(key: string): Map<string, T> {
    const shard = this.shards[this.shards.length === 1 ? 0 : hash(key) & (SHARDS - 1)];
    if (shard === undefined) throw new Error('a key map lacks a shard');
    return shard;
  }
}

function hash(key: string): number {
  let mixed = key.length;
  for (let at = Math.max(0, key.length - HASHED_CHARACTERS); at < key.length; at += 1) {
    mixed = Math.imul(mixed, 31) + key.charCodeAt(at);
  }
  return mixed ^ (mixed >>> 11);
}
