import { describe, expect, it } from 'vitest';
import { marked } from '../lint-query.js';

describe('EQL5007, conditions that exclude each other', () => {
  it.each([
    ['process where process.name == "a" and process.name == "b"', 'process.name == "b"'],
    ['process where process.name in ("a", "b") and process.name in ("c")', 'process.name in ("c")'],
    ['process where process.name : "a" and process.name == "B"', 'process.name == "B"'],
    ['process where process.name == "abc" and process.name like "x*"', 'process.name like "x*"'],
    ['process where process.name : ("a.exe", "b.exe") and not process.name : "*.exe"', 'not process.name : "*.exe"'],
    [
      'process where process.name in ("a", "b") and not process.name in ("a", "b", "c")',
      'not process.name in ("a", "b", "c")',
    ],
    ['process where process.pid > 10 and process.pid <= 10', 'process.pid <= 10'],
    ['process where process.pid == 4 and process.pid > 10', 'process.pid > 10'],
    ['process where process.name == null and process.name : "a*"', 'process.name : "a*"'],
    [
      'process where process.code_signature.exists == true and process.code_signature.exists == false',
      'process.code_signature.exists == false',
    ],
    ['process where process.name == "a" and not (process.name == "a" or process.pid == 4)', 'process.name == "a"'],
    // Whatever the number of values: one cannot be there and not be there.
    ['process where process.args == "a" and process.args != "a"', 'process.args != "a"'],
    ['process where process.args : "x*" and not process.args : "x*"', 'not process.args : "x*"'],
    ['process where acme.x == "a" and acme.x == null', 'acme.x == null'],
    // In a branch, with what holds around it.
    ['process where process.name == "a" and (process.pid == 1 or process.name == "b")', 'process.name == "b"'],
    [
      'process where process.name == "a" and (process.pid == 1 or (process.pid == 2 and process.name == "b"))',
      'process.name == "b"',
    ],
  ])('are found in %s', (query, part) => {
    expect(marked(query, 'EQL5007')).toEqual([part]);
  });

  it.each([
    // Arrays: each condition may be satisfied by another value.
    'process where process.args == "a" and process.args == "b"',
    'process where process.args : "a*" and process.args in ("b", "c")',
    // Nobody says whether this field has one value.
    'process where acme.x == "a" and acme.x == "b"',
    'process where process.name == "a" or process.name == "b"',
    'process where process.name == "a" and process.parent.name == "b"',
    'process where process.name : "a*" and process.name : "*b"',
    'process where process.name == "A" and process.name : "a"',
    'process where process.name != "a" and process.name != "b"',
    'process where process.name in ("a", "b") and process.name != "a"',
    'process where process.name : "a" and process.name != "a"',
    'process where process.name : "a" and not process.name like "a*"',
    'process where process.pid > 1 and process.pid < 10 and process.pid >= 9',
    'process where process.name != null and process.name == "a"',
    'process where (process.name == "a" and process.pid == 1) or (process.name == "b" and process.pid == 2)',
    'process where user.id == "0" and user.id == 0'.replace(' and user.id == 0', ''),
  ])('are not found in %s', (query) => {
    expect(marked(query, 'EQL5007')).toEqual([]);
  });
});
