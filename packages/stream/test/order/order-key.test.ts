import { describe, expect, it } from 'vitest';
import { compareOrder, toTiebreaker, type Tiebreaker } from '../../src/order/order-key.js';

function key(tiebreaker: Tiebreaker, ms = 0, ns = 0, sourceIndex = 0, line = 0) {
  return { timestamp: { ms, ns }, tiebreaker, sourceIndex, line };
}

describe('compareOrder', () => {
  it('orders by timestamp, then tiebreaker, then source, then line', () => {
    const ordered = [
      key('z', 1, 5, 9, 9),
      key(-1.5, 1, 6),
      key(2, 1, 6),
      key(9007199254740993n, 1, 6),
      key(9007199254740996, 1, 6),
      key('', 1, 6),
      key('B', 1, 6),
      key('a', 1, 6),
      key('ab', 1, 6),
      key('\uffff', 1, 6),
      key('\u{1f600}', 1, 6),
      key(null, 1, 6, 0, 3),
      key(null, 1, 6, 1, 1),
      key(null, 1, 6, 1, 2),
      key(0, 2, 0),
    ];
    expect([...ordered].reverse().sort(compareOrder)).toEqual(ordered);
    for (const [index, left] of ordered.entries()) {
      for (const right of ordered.slice(index + 1)) {
        expect(compareOrder(left, right)).toBeLessThan(0);
        expect(compareOrder(right, left)).toBeGreaterThan(0);
      }
    }
  });

  it('takes a number and the equal bigint for the same tiebreaker', () => {
    expect(compareOrder(key(5n, 0, 0, 0, 1), key(5, 0, 0, 0, 2))).toBeLessThan(0);
  });
});

describe('toTiebreaker', () => {
  it('takes finite numbers, bigints and strings', () => {
    expect([1, 2n, 'x', null, true, [1, 2], {}, Number.POSITIVE_INFINITY].map(toTiebreaker)).toEqual([
      1,
      2n,
      'x',
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
