import { describe, expect, it } from 'vitest';
import { fixed, marked } from '../lint-query.js';

describe('EQL5004, a pattern without a wildcard', () => {
  it.each([
    ['process where process.name like "cmd.exe"', 'process where process.name == "cmd.exe"'],
    ['process where process.name like~ "cmd.exe"', 'process where process.name : "cmd.exe"'],
    ['process where process.name like ("a", "b")', 'process where process.name in ("a", "b")'],
    ['process where not process.name like~ ("a", "b")', 'process where not process.name in~ ("a", "b")'],
  ])('is found in %s, and written as an equality', (query, after) => {
    expect(marked(query, 'EQL5004')).toHaveLength(1);
    expect(fixed(query)).toBe(after);
  });

  it.each([
    'process where process.name like ("a", "b*")',
    'process where process.name like "a?"',
    // The usual equality that ignores case.
    'process where process.name : "cmd.exe"',
    'process where process.name : ("a", "b")',
  ])('is not found in %s', (query) => {
    expect(marked(query, 'EQL5004')).toEqual([]);
  });
});
