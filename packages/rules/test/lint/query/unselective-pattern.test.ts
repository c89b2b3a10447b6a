import { describe, expect, it } from 'vitest';
import { marked } from '../lint-query.js';

describe('EQL5012, only patterns that begin with a wildcard', () => {
  it.each([
    ['process where process.command_line : "*secret*"', 'process.command_line : "*secret*"'],
    ['process where event.type == "start" and process.args : ("*a", "b")', 'process.args : ("*a", "b")'],
    ['process where event.action == "exec" and endsWith(process.name, "x")', 'endsWith(process.name, "x")'],
    ['process where process.name == "a" or process.args : "*b"', 'process.args : "*b"'],
    ['process where process.command_line regex ".*a[0-9]"', 'process.command_line regex ".*a[0-9]"'],
    [
      'sequence by host.id with maxspan=1m [process where process.name == "a"] [file where file.path : "*b"]',
      'file.path : "*b"',
    ],
  ])('are found in %s', (query, part) => {
    expect(marked(query, 'EQL5012')).toEqual([part]);
  });

  it.each([
    'process where process.name == "a" and process.args : "*b"',
    'process where process.executable : "?:\\\\Windows\\\\*" and process.args : "*b"',
    'process where startsWith(process.name, "a") and process.args : "*b"',
    'iam where event.action == "CreateUser" and user.name : "*admin"',
    'process where event.type == "start"',
    'process where process.name : "a*"',
    'process where not process.args : "*b"',
    'process where process.name == "a" or process.pid > 4',
    'sequence by host.id with maxspan=1m [process where process.name == "a"] ![file where file.path : "*b"]',
  ])('are not found in %s', (query) => {
    expect(marked(query, 'EQL5012')).toEqual([]);
  });
});
