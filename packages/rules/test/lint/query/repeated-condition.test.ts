import { describe, expect, it } from 'vitest';
import { fixed, marked, proposed } from '../lint-query.js';

describe('EQL5017, a condition stated twice', () => {
  it.each([
    ['process where a == 1 and b == 2 and a == 1', 'a == 1', 'process where a == 1 and b == 2'],
    ['process where a == 1 or (a  ==  1) or c == 3', '(a  ==  1)', 'process where a == 1 or c == 3'],
    ['process where x == 1 and (a : "x" and (a : "x"))', '(a : "x")', 'process where x == 1 and (a : "x")'],
    ['process where x == 1 or (a : "x" and a:"x")', 'a:"x"', 'process where x == 1 or (a : "x")'],
  ])('is found in %s', (query, part, after) => {
    expect(marked(query, 'EQL5017')).toEqual([part]);
    expect(proposed(query, 'EQL5017')).toEqual([after]);
    expect(fixed(query)).toBe(query);
  });

  it.each(['process where a == 1 or b == 1', 'process where (a == 1 and b == 1) or (a == 1 and c == 1)'])(
    'is not found in %s',
    (query) => {
      expect(marked(query, 'EQL5017')).toEqual([]);
    },
  );
});
