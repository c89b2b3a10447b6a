import { describe, expect, it } from 'vitest';
import { BinaryHeap } from '../../src/order/binary-heap.js';
import { createRandom } from '../create-random.js';

describe('BinaryHeap', () => {
  it('gives items in order, whatever the order they came in', () => {
    const random = createRandom(7);
    for (let size = 0; size < 60; size++) {
      const values = Array.from({ length: size }, () => random(30));
      const heap = new BinaryHeap<{ value: number }>((a, b) => a.value - b.value);
      for (const value of values) heap.push({ value });
      const given: number[] = [];
      for (let item = heap.pop(); item !== undefined; item = heap.pop()) given.push(item.value);
      expect(given).toEqual(values.sort((a, b) => a - b));
      expect(heap.size).toBe(0);
    }
  });

  it('finds a new top when the top has grown', () => {
    const heap = new BinaryHeap<{ value: number }>((a, b) => a.value - b.value);
    for (const value of [1, 5, 3, 4]) heap.push({ value });
    const top = heap.peek();
    if (top !== undefined) top.value = 9;
    heap.updateTop();
    expect([heap.pop(), heap.pop(), heap.pop(), heap.pop(), heap.pop()].map((item) => item?.value)).toEqual([
      3,
      4,
      5,
      9,
      undefined,
    ]);
  });
});
