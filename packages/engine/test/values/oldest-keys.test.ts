import { expect, it } from 'vitest';
import { oldestKeysBeyond } from '../../src/values/oldest-keys.js';

it.each([
  [0, []],
  [10, []],
  [11, [0, 1]],
  [15, [0, 1, 2, 3, 4, 5]],
])('of %i entries where there may be ten, names %j', (size, expected) => {
  const keys = Array.from({ length: size }, (_, index) => index);
  expect(oldestKeysBeyond(new Set(keys), 10)).toEqual(expected);
  expect(oldestKeysBeyond(new Map(keys.map((key) => [key, null])), 10)).toEqual(expected);
});
