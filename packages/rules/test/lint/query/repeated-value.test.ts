import { describe, expect, it } from 'vitest';
import { fixed, marked } from '../lint-query.js';

describe('EQL5005, a value listed twice', () => {
  it.each([
    ['process where process.name in ("a", "b", "a")', '"a"', 'process where process.name in ("a", "b")'],
    ['process where process.name in~ ("a", "A")', '"A"', 'process where process.name in~ ("a")'],
    ['process where process.name : ("a*", "b", "A*")', '"A*"', 'process where process.name : ("a*", "b")'],
    ['process where process.pid in (1, 2, 2)', '2', 'process where process.pid in (1, 2)'],
    ['process where x == ("a") or y in ("q", """q""")', '"""q"""', 'process where x == ("a") or y in ("q")'],
    [
      'network where cidrMatch(source.ip, "10.0.0.0/8", "10.0.0.0/8")',
      '"10.0.0.0/8"',
      'network where cidrMatch(source.ip, "10.0.0.0/8")',
    ],
  ])('is found in %s', (query, part, after) => {
    expect(marked(query, 'EQL5005')).toEqual([part]);
    expect(fixed(query)).toBe(after);
  });

  it.each([
    'process where process.name in ("a", "A")',
    'process where process.name like ("a*", "A*")',
    'process where process.name : ("a", "b")',
    'process where substring(process.name, 1, 1) == "a"',
    'process where concat("a", "a", process.name) == "aab"',
  ])('is not found in %s', (query) => {
    expect(marked(query, 'EQL5005')).toEqual([]);
  });

  it('leaves a comment alone', () => {
    const query = 'process where process.name in ("a", // one\n "a")';
    expect(marked(query, 'EQL5005')).toEqual(['"a"']);
    expect(fixed(query)).toBe(query);
  });
});
