/** A priority queue: the item that compares smallest is at the top. */
export class BinaryHeap<T extends object> {
  readonly #items: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#items.length;
  }

  /** All items, in no order. */
  get items(): readonly T[] {
    return this.#items;
  }

  /** The smallest item, or `undefined` if there is none. */
  peek(): T | undefined {
    return this.#items[0];
  }

  push(item: T): void {
    this.#items.push(item);
    this.#siftUp(item, this.#items.length - 1);
  }

  /** Removes and returns the smallest item. */
  pop(): T | undefined {
    const top = this.#items[0];
    const last = this.#items.pop();
    if (last !== undefined && this.#items.length > 0) this.#siftDown(last);
    return top;
  }

  /** To be called when the top item has become larger in place. */
  updateTop(): void {
    const top = this.#items[0];
    if (top !== undefined) this.#siftDown(top);
  }

  #siftUp(item: T, start: number): void {
    let index = start;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = this.#items[parentIndex];
      if (parent === undefined || this.#compare(item, parent) >= 0) break;
      this.#items[index] = parent;
      index = parentIndex;
    }
    this.#items[index] = item;
  }

  #siftDown(item: T): void {
    let index = 0;
    for (;;) {
      const leftIndex = 2 * index + 1;
      const left = this.#items[leftIndex];
      if (left === undefined) break;
      const right = this.#items[leftIndex + 1];
      const isRightSmaller = right !== undefined && this.#compare(right, left) < 0;
      const child = isRightSmaller ? right : left;
      if (this.#compare(item, child) <= 0) break;
      this.#items[index] = child;
      index = isRightSmaller ? leftIndex + 1 : leftIndex;
    }
    this.#items[index] = item;
  }
}
