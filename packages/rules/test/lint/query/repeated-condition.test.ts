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

  it.each([
    ['length(a) > 1 and b == 1 and length(a) > 1', 'length(a) > 1'],
    ['a in (1, 2) or a in (2, 1) or a in (1, 2)', 'a in (1, 2)'],
    ['(a == 1 or b == 1) and (a == 1 or c == 1) and (a == 1 or b == 1)', '(a == 1 or b == 1)'],
    ['not a == 1 and not a == 2 and not a == 1', 'not a == 1'],
    ['a > 1 and a > 2 and a + 1 > 2 and a > 2', 'a > 2'],
    ['not (a : "x" and b == null) or b == true or not (a : "x" and b == null)', 'not (a : "x" and b == null)'],
  ])('is found among conditions that begin alike: %s', (condition, part) => {
    expect(marked(`process where ${condition}`, 'EQL5017')).toEqual([part]);
  });

  it.each(['process where a == 1 or b == 1', 'process where (a == 1 and b == 1) or (a == 1 and c == 1)'])(
    'is not found in %s',
    (query) => {
      expect(marked(query, 'EQL5017')).toEqual([]);
    },
  );
});
