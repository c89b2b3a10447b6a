import { BinaryHeap } from './binary-heap.js';
import type { SourceLimits } from './order-limits.js';

/**
 * Puts items that are nearly in order into order: it holds as many as its limits allow and gives the smallest first.
 * An item that comes later than that is given at once, out of order.
 */
export class ReorderBuffer<T extends { readonly sizeBytes: number }> {
  readonly #heap: BinaryHeap<T>;
  readonly #limits: SourceLimits;
  #bytes = 0;

  constructor(compare: (a: T, b: T) => number, limits: SourceLimits) {
    this.#heap = new BinaryHeap(compare);
    this.#limits = limits;
  }

  add(item: T): void {
    this.#heap.push(item);
    this.#bytes += item.sizeBytes;
  }

  /** What the buffer holds, in no order. */
  items(): readonly T[] {
    return this.#heap.items;
  }

  /** Removes and returns the smallest item if the buffer is over its limits. */
  takeExcess(): T | undefined {
    const { maxBufferedEvents, maxBufferedBytes } = this.#limits;
    return this.#heap.size > maxBufferedEvents || this.#bytes > maxBufferedBytes ? this.take() : undefined;
  }

  /** Removes and returns the smallest item. */
  take(): T | undefined {
    const item = this.#heap.pop();
    if (item !== undefined) this.#bytes -= item.sizeBytes;
    return item;
  }
}
