import { describe, expect, it } from 'vitest';
import { fixed, marked } from '../lint-query.js';

describe('EQL5014, a regular expression that needs none', () => {
  it.each([
    ['process where process.name regex "cmd\\\\.exe"', 'process where process.name == "cmd.exe"'],
    ['process where process.name regex~ "cmd\\\\.exe"', 'process where process.name : "cmd.exe"'],
    ['process where process.name regex ("a", "b")', 'process where process.name in ("a", "b")'],
    ['process where process.name regex~ ("a", "b")', 'process where process.name in~ ("a", "b")'],
    ['process where process.args regex ".*secret.*"', 'process where process.args like "*secret*"'],
    ['process where process.args regex~ ("a.b", "c")', 'process where process.args like~ ("a?b", "c")'],
    ['process where process.args regex~ "really\\\\?"', 'process where process.args in~ ("really?")'],
    ['process where process.args regex "a\\\\*b"', 'process where process.args == "a*b"'],
  ])('is found in %s', (query, after) => {
    expect(marked(query, 'EQL5014')).toHaveLength(1);
    expect(fixed(query)).toBe(after);
  });

  it.each([
    'process where process.name regex "a[0-9]"',
    'process where process.name regex "a+"',
    'process where process.name regex "a|b"',
    'process where process.name regex "a.+"',
    'process where process.name regex ".*"',
    'process where process.name regex "\\\\d\\\\d"',
    'process where process.name regex ("a", "b*")',
    // A pattern could not tell this question mark from a wildcard.
    'process where process.name regex "a\\\\?.*"',
    'process where substring(process.name, 1) regex "abc"',
  ])('is not found in %s', (query) => {
    expect(marked(query, 'EQL5014')).toEqual([]);
  });
});

describe('EQL5018, an anchor in a regular expression on a field', () => {
  it.each([
    ['process where process.name regex "^cmd"', '"^cmd"'],
    ['process where process.name regex~ ("a+", "b+$")', '"b+$"'],
    ['process where process.name regex "^a[0-9]+$"', '"^a[0-9]+$"'],
  ])('is found in %s', (query, part) => {
    expect(marked(query, 'EQL5018')).toEqual([part]);
  });

  it.each([
    'process where process.name regex "[^a]b"',
    'process where process.name regex "a\\\\$"',
    'process where substring(process.name, 1) regex "^abc"',
    'process where process.name like "^a$"',
  ])('is not found in %s', (query) => {
    expect(marked(query, 'EQL5018')).toEqual([]);
  });
});
