import type { TimestampColumns } from './recent-timestamps.js';

const BLOCK_ITEMS = 128;

/** How many events, and how many bytes of them, are held. */
interface HeldLimits {
  readonly maxBufferedEvents: number;
  readonly maxBufferedBytes: number;
}

/**
 * The latest of the timestamps that were added, sorted, each with the bytes of its event; without an object for each. They are held in
 * blocks, so that one that comes far out of order moves few others.
 */
export class LatestTimestamps {
  private readonly blocks: Block[] = [];
  private count = 0;
  private bytes = 0;
  /** The latest one that was let go. */
  private formerMs = Number.NEGATIVE_INFINITY;
  private formerNs = 0;

  /**
   * Begins with timestamps that are in order, one more than are held if there are so many. `strict` has events of one timestamp
   * count as later than each other.
   */
  constructor(
    { ms, ns, sizes }: TimestampColumns,
    private readonly limits: HeldLimits,
    private readonly strict: boolean,
  ) {
    const end = ms.length;
    let first = end;
    for (let bytes = 0; first > 0 && end - first < limits.maxBufferedEvents; first -= 1) {
      bytes += sizes[first - 1] ?? 0;
      if (bytes > limits.maxBufferedBytes) break;
      this.bytes = bytes;
    }
    this.count = end - first;
    if (first > 0) {
      this.formerMs = ms[first - 1] ?? 0;
      this.formerNs = ns[first - 1] ?? 0;
    }
    for (let at = first; at < end; at += BLOCK_ITEMS) {
      this.blocks.push(new Block(part({ ms, ns, sizes }, at, Math.min(end, at + BLOCK_ITEMS))));
    }
    if (this.blocks.length === 0) this.blocks.push(new Block(null));
  }

  /** Whether any timestamp that was added is later than this one. */
  hasLater(ms: number, ns: number): boolean {
    const block = this.blocks[this.blocks.length - 1];
    if (block !== undefined && block.end > block.first) return block.isLater(block.end - 1, ms, ns, this.strict);
    return this.hasFormerLater(ms, ns);
  }

  /** Whether some that are later than this one are not held any more. */
  hasFormerLater(ms: number, ns: number): boolean {
    return isLater(this.formerMs, this.formerNs, ms, ns, this.strict);
  }

  /** Whether those that are later than this one are more than limits allow. What is not held is not counted. */
  hasMoreLater(ms: number, ns: number, { maxBufferedEvents, maxBufferedBytes }: HeldLimits): boolean {
    let count = 0;
    let bytes = 0;
    for (let number = this.blocks.length - 1; number >= 0; number -= 1) {
      const block = this.blocks[number];
      if (block === undefined) break;
      const isWhole = block.isLater(block.first, ms, ns, this.strict);
      const index = isWhole ? block.first : block.find(ms, ns, this.strict);
      count += block.end - index;
      bytes += isWhole ? block.bytes : block.bytesFrom(index);
      if (count > maxBufferedEvents || bytes > maxBufferedBytes) return true;
      if (!isWhole) break;
    }
    return false;
  }

  /** Adds a timestamp, and lets the earliest ones go that are too many then. */
  add(ms: number, ns: number, bytes: number): void {
    const number = this.findBlock(ms, ns);
    const block = this.blocks[number];
    const next = block?.insert(block.find(ms, ns, this.strict), ms, ns, bytes) ?? null;
    if (next !== null) this.blocks.splice(number + 1, 0, next);
    this.count += 1;
    this.bytes += bytes;
    while (this.count > this.limits.maxBufferedEvents || this.bytes > this.limits.maxBufferedBytes) this.letGo();
  }

  /** The number of the block that a timestamp belongs to. */
  private findBlock(ms: number, ns: number): number {
    let low = 0;
    let high = this.blocks.length - 1;
    // Most belong to the last one.
    let middle = high;
    while (low < high) {
      const block = this.blocks[middle];
      if (block?.isLater(block.first, ms, ns, this.strict) === true) high = middle - 1;
      else low = middle;
      middle = Math.ceil((low + high) / 2);
    }
    return low;
  }

  private letGo(): void {
    const [block] = this.blocks;
    if (block === undefined) return;
    this.formerMs = block.ms[block.first] ?? 0;
    this.formerNs = block.ns[block.first] ?? 0;
    this.count -= 1;
    this.bytes -= block.removeFirst();
    if (block.first < block.end) return;
    this.blocks.shift();
    if (this.blocks.length === 0) this.blocks.push(new Block(null));
  }
}

/** Timestamps that follow each other, from `first` to `end`. */
class Block {
  readonly ms = new Float64Array(BLOCK_ITEMS);
  readonly ns = new Uint32Array(BLOCK_ITEMS);
  readonly sizes = new Uint32Array(BLOCK_ITEMS);
  first = 0;
  end = 0;
  /** Of all its events. */
  bytes = 0;

  constructor(columns: TimestampColumns | null) {
    if (columns === null) return;
    this.ms.set(columns.ms);
    this.ns.set(columns.ns);
    this.sizes.set(columns.sizes);
    this.end = columns.ms.length;
    this.bytes = this.bytesFrom(0);
  }

  isLater(index: number, ms: number, ns: number, strict: boolean): boolean {
    return isLater(this.ms[index] ?? 0, this.ns[index] ?? 0, ms, ns, strict);
  }

  /** Bytes of the events from `index` on. */
  bytesFrom(index: number): number {
    let bytes = 0;
    for (let at = index; at < this.end; at += 1) bytes += this.sizes[at] ?? 0;
    return bytes;
  }

  /** The place before which a timestamp belongs. */
  find(ms: number, ns: number, strict: boolean): number {
    let low = this.first;
    let high = this.end;
    // Most belong behind the others.
    let middle = high - 1;
    while (low < high) {
      if (this.isLater(middle, ms, ns, strict)) high = middle;
      else low = middle + 1;
      middle = Math.floor((low + high) / 2);
    }
    return low;
  }

  /** Inserts a timestamp before the one at `index`. Gives the block that then follows, if this one was full. */
  insert(index: number, ms: number, ns: number, bytes: number): Block | null {
    if (this.end < BLOCK_ITEMS) {
      this.move(index + 1, index, this.end);
      this.set(index, ms, ns, bytes);
      this.end += 1;
      return null;
    }
    if (index === this.end) {
      const next = new Block(null);
      next.insert(0, ms, ns, bytes);
      return next;
    }
    if (this.first > 0) {
      this.move(this.first - 1, this.first, index);
      this.first -= 1;
      this.set(index - 1, ms, ns, bytes);
      return null;
    }
    const half = BLOCK_ITEMS / 2;
    const upper = new Block(part(this, half, BLOCK_ITEMS));
    this.end = half;
    this.bytes -= upper.bytes;
    if (index <= this.end) this.insert(index, ms, ns, bytes);
    else upper.insert(index - this.end, ms, ns, bytes);
    return upper;
  }

  /** Removes the first one; gives its bytes. */
  removeFirst(): number {
    const bytes = this.sizes[this.first] ?? 0;
    this.first += 1;
    this.bytes -= bytes;
    return bytes;
  }

  private set(index: number, ms: number, ns: number, bytes: number): void {
    this.ms[index] = ms;
    this.ns[index] = ns;
    this.sizes[index] = bytes;
    this.bytes += bytes;
  }

  private move(to: number, from: number, end: number): void {
    if (from === end) return;
    this.ms.copyWithin(to, from, end);
    this.ns.copyWithin(to, from, end);
    this.sizes.copyWithin(to, from, end);
  }
}

function part({ ms, ns, sizes }: TimestampColumns, start: number, end: number): TimestampColumns {
  return { ms: ms.subarray(start, end), ns: ns.subarray(start, end), sizes: sizes.subarray(start, end) };
}

/** Whether one timestamp is later than another; with `strict` also if they are the same. */
function isLater(ms: number, ns: number, otherMs: number, otherNs: number, strict: boolean): boolean {
  return ms > otherMs || (ms === otherMs && (ns > otherNs || (ns === otherNs && strict)));
}
