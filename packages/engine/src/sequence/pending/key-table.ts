import { NO_ROW } from './row-pool.js';

/** The keys of rows. */
export interface RowKeys {
  keyIdOf(row: number): string;
}

/** Places that a shard begins with; a power of two, as all its sizes. */
const FEWEST_PLACES = 8;

/** A table of so many keys becomes several. */
const SINGLE_SHARD_KEYS = 8_192;

/** The uppermost bits of a hash choose the shard. */
const SHARD_BITS = 8;

/** A key lies so far behind its home at most, or elsewhere: a bound on what keys cost that were made to collide. */
const MOST_PROBES = 128;

/** Odd, so that no two hashes become one by it. */
const MULTIPLIER = 0x5bd1_e995;

/** Differs from run to run, so that nobody can know which keys collide. */
const SEED = Math.floor(Math.random() * 2 ** 32);

/** Marks a place that is free; a row is kept as one more than its number. */
const FREE = 0;

/**
 * Finds the row of a join key: open addressing, with the hash beside the row. With a million keys a look-up costs what it
 * reaches for in memory, as none of it is in a cache: here that is one place for a key that is missing, where a plain map
 * follows a chain of entries and looks at the text of each.
 *
 * Nothing takes long, either: a plain map stops for tens of milliseconds to copy a million entries when it grows or shrinks;
 * here many keys lie in many shards that each do so alone.
 */
export class KeyTable {
  /** The rows of keys for which there was no place near their home. */
  private readonly strays = new Map<string, number>();
  private shards: readonly Shard[];
  private count = 0;

  constructor(private readonly keys: RowKeys) {
    this.shards = [new Shard(keys, this.strays)];
  }

  get size(): number {
    return this.count;
  }

  /** The row of a key. */
  get(keyId: string, hash: number): number {
    const row = this.shardOf(hash).get(keyId, hash);
    return row === NO_ROW && this.strays.size > 0 ? (this.strays.get(keyId) ?? NO_ROW) : row;
  }

  /** Enters a row for a key, and gives the one in whose place it is. */
  put(keyId: string, hash: number, row: number): number {
    const stray = this.strays.size > 0 ? this.strays.get(keyId) : undefined;
    if (stray !== undefined) {
      this.strays.set(keyId, row);
      return stray;
    }
    const before = this.shardOf(hash).put(keyId, hash, row);
    if (before !== NO_ROW) return before;
    this.count += 1;
    if (this.count > SINGLE_SHARD_KEYS && this.shards.length === 1) this.split();
    return NO_ROW;
  }

  /** Puts another row of the same key in the place of a row; false if the table does not have it. */
  replace(hash: number, row: number, other: number): boolean {
    if (this.shardOf(hash).replace(hash, row, other)) return true;
    if (!this.isStray(row)) return false;
    this.strays.set(this.keys.keyIdOf(row), other);
    return true;
  }

  /** Takes the key of a row out; false if the table does not have the row. */
  delete(hash: number, row: number): boolean {
    if (!this.shardOf(hash).delete(hash, row)) {
      if (!this.isStray(row)) return false;
      this.strays.delete(this.keys.keyIdOf(row));
    }
    this.count -= 1;
    if (this.count === 0 && this.shards.length > 1) this.shards = [new Shard(this.keys, this.strays)];
    return true;
  }

  private isStray(row: number): boolean {
    return this.strays.size > 0 && this.strays.get(this.keys.keyIdOf(row)) === row;
  }

  private split(): void {
    const [all] = this.shards;
    this.shards = Array.from({ length: 1 << SHARD_BITS }, () => new Shard(this.keys, this.strays));
    all?.forEach((hash, row) => {
      this.shardOf(hash).add(hash, row);
    });
  }

  private shardOf(hash: number): Shard {
    const shard = this.shards[this.shards.length === 1 ? 0 : hash >>> (32 - SHARD_BITS)];
    if (shard === undefined) throw new Error('a key table lacks a shard');
    return shard;
  }
}

class Shard {
  /** Hash and row of each place. */
  private places = new Int32Array(2 * FEWEST_PLACES);
  private count = 0;

  constructor(
    private readonly keys: RowKeys,
    private readonly strays: Map<string, number>,
  ) {}

  get(keyId: string, hash: number): number {
    const { places } = this;
    const mask = places.length - 1;
    for (let probe = 0; probe < 2 * MOST_PROBES; probe += 2) {
      const place = (2 * hash + probe) & mask;
      const row = places[place + 1] ?? FREE;
      if (row === FREE) break;
      if (places[place] === hash && this.keys.keyIdOf(row - 1) === keyId) return row - 1;
    }
    return NO_ROW;
  }

  put(keyId: string, hash: number, row: number): number {
    const { places } = this;
    const mask = places.length - 1;
    for (let probe = 0; probe < 2 * MOST_PROBES; probe += 2) {
      const place = (2 * hash + probe) & mask;
      const other = places[place + 1] ?? FREE;
      if (other === FREE) break;
      if (places[place] !== hash || this.keys.keyIdOf(other - 1) !== keyId) continue;
      places[place + 1] = row + 1;
      return other - 1;
    }
    this.add(hash, row);
    return NO_ROW;
  }

  /** Adds the row of a key that is not here. */
  add(hash: number, row: number): void {
    if ((this.count + 1) * 16 > this.places.length * 5) this.resize(this.places.length * 2);
    this.place(hash, row);
  }

  /** Whether the row had its place here. */
  replace(hash: number, row: number, other: number): boolean {
    const place = this.find(hash, row);
    if (place < 0) return false;
    this.places[place + 1] = other + 1;
    return true;
  }

  /** Whether the row had its place here. */
  delete(hash: number, row: number): boolean {
    const place = this.find(hash, row);
    if (place < 0) return false;
    this.free(place);
    this.count -= 1;
    if (this.count * 16 < this.places.length && this.places.length > 2 * FEWEST_PLACES)
      this.resize(this.places.length / 2);
    return true;
  }

  forEach(action: (hash: number, row: number) => void): void {
    const { places } = this;
    for (let place = 0; place < places.length; place += 2) {
      const row = places[place + 1] ?? FREE;
      if (row !== FREE) action(places[place] ?? 0, row - 1);
    }
  }

  private find(hash: number, row: number): number {
    const { places } = this;
    const mask = places.length - 1;
    for (let probe = 0; probe < 2 * MOST_PROBES; probe += 2) {
      const place = (2 * hash + probe) & mask;
      const other = places[place + 1];
      if (other === row + 1) return place;
      if (other === FREE) return -1;
    }
    return -1;
  }

  private place(hash: number, row: number): void {
    const { places } = this;
    const mask = places.length - 1;
    for (let probe = 0; probe < 2 * MOST_PROBES; probe += 2) {
      const place = (2 * hash + probe) & mask;
      if (places[place + 1] !== FREE) continue;
      places[place] = hash;
      places[place + 1] = row + 1;
      this.count += 1;
      return;
    }
    this.strays.set(this.keys.keyIdOf(row), row);
  }

  /** Frees a place, and moves those behind it forward that are reached through it. */
  private free(place: number): void {
    const { places } = this;
    const mask = places.length - 1;
    let hole = place;
    for (let at = (hole + 2) & mask; places[at + 1] !== FREE; at = (at + 2) & mask) {
      const hash = places[at] ?? 0;
      // Distances from home and from the hole, around the end.
      if (((at - 2 * hash) & mask) < ((at - hole) & mask)) continue;
      places[hole] = hash;
      places[hole + 1] = places[at + 1] ?? FREE;
      hole = at;
    }
    places[hole + 1] = FREE;
  }

  private resize(length: number): void {
    const before = this.places;
    this.places = new Int32Array(length);
    this.count = 0;
    for (let place = 0; place < before.length; place += 2) {
      const row = before[place + 1] ?? FREE;
      if (row !== FREE) this.place(before[place] ?? 0, row - 1);
    }
  }
}

/** One key is mostly asked for several times in a row, by a query and by others that join by the same field. */
let latestKeyId = '';
let latestHash = computeHash('');

/** Where a key belongs in a table. */
export function hashKey(keyId: string): number {
  if (keyId !== latestKeyId) {
    latestKeyId = keyId;
    latestHash = computeHash(keyId);
  }
  return latestHash;
}

function computeHash(keyId: string): number {
  let hash = SEED ^ keyId.length;
  for (let at = 0; at < keyId.length; at += 1) hash = Math.imul(hash ^ keyId.charCodeAt(at), MULTIPLIER);
  hash = Math.imul(hash ^ (hash >>> 15), MULTIPLIER);
  return hash ^ (hash >>> 13);
}
