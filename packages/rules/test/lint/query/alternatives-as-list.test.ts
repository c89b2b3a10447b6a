import { describe, expect, it } from 'vitest';
import { fixed, marked } from '../lint-query.js';

describe('EQL5013, alternatives that are one list', () => {
  it.each([
    ['process where a == "x" or a == "y"', 'process where a in ("x", "y")'],
    ['process where a == 1 or a == 2 or a in (3, 4)', 'process where a in (1, 2, 3, 4)'],
    ['process where a : "x*" or a : ("y", """z""")', 'process where a : ("x*", "y", """z""")'],
    ['process where b == 1 and (a like "x*" or a like "y*")', 'process where b == 1 and (a like ("x*", "y*"))'],
    ['process where ?a == "x" or (?a == "y") or b == "z"', 'process where ?a in ("x", "y") or b == "z"'],
    ['process where not (a == "x" or a == "y")', 'process where not (a in ("x", "y"))'],
  ])('is found in %s', (query, after) => {
    expect(marked(query, 'EQL5013')).toHaveLength(1);
    expect(fixed(query)).toBe(after);
  });

  it.each([
    'process where a == "x" or b == "x"',
    'process where a == "x" or a == 1',
    'process where a == "x" or a : "y"',
    // A missing field makes "!=" true and "not in" true as well, but the two "!=" are joined by "and" here.
    'process where a != "x" and a != "y"',
    'process where a == "x" and a == "y"',
    'process where a == null or a == "y"',
    'process where ?a == "x" or a == "y"',
  ])('is not found in %s', (query) => {
    expect(marked(query, 'EQL5013')).toEqual([]);
  });

  it('has no fix where something else stands between, or a comment would be lost', () => {
    for (const query of ['process where a == 1 or b == 1 or a == 2', 'process where a == 1 /* x */ or a == 2']) {
      expect(marked(query, 'EQL5013')).toEqual(['a == 2']);
      expect(fixed(query)).toBe(query);
    }
  });
});
