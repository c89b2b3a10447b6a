import { expect, it } from 'vitest';
import { showDuration } from '../../src/output/duration.js';

it.each([
  [0, '0.000 s'],
  [340, '0.340 s'],
  [59_999, '59.999 s'],
  [125_000, '2 m 05 s'],
  [12_000_000, '3 h 20 m'],
  [187_200_000, '2 d 04 h'],
  [-1_500, '-1.500 s'],
])('%i ms are %s', (durationMs, expected) => {
  expect(showDuration(durationMs)).toBe(expected);
});
