import { describe, expect, it } from 'vitest';
import { marked } from '../lint-query.js';

describe('EQL5006, a condition that is always true or always false', () => {
  it.each([
    ['process where process.name == "a" and true', 'true'],
    ['process where process.name == "a" or false', 'false'],
    ['process where false', 'false'],
    ['process where process.name == "a" and 1 == 1', '1 == 1'],
    ['process where process.name == "a" and not length("abc") > 3', 'not length("abc") > 3'],
    ['process where process.name == "a" and (process.pid == 1 or "x" == "y")', '"x" == "y"'],
    ['process where process.name != "a" or process.name != "b"', 'process.name != "a" or process.name != "b"'],
    [
      'process where process.pid == 1 and (process.name == null or process.name != null)',
      '(process.name == null or process.name != null)',
    ],
    ['process where process.args == "a" or not process.args == "a"', 'process.args == "a" or not process.args == "a"'],
    [
      'process where process.pid > 1 or not process.pid > 1 or process.name == "a"',
      'process.pid > 1 or not process.pid > 1 or process.name == "a"',
    ],
  ])('is found in %s', (query, part) => {
    expect(marked(query, 'EQL5006')).toEqual([part]);
  });

  it('is found in a field compared with itself', () => {
    expect(marked('process where process.name == process.name', 'EQL5006', 'endpoint')).toEqual([
      'process.name == process.name',
    ]);
  });

  it.each([
    'process where true',
    'sequence by host.id with maxspan=1s [process where true] [file where true]',
    'process where process.args != "a" or process.args != "b"',
    'process where process.name == "a" or process.name != "b"',
    'process where process.pid > 1 or process.pid < 10',
  ])('is not found in %s', (query) => {
    expect(marked(query, 'EQL5006')).toEqual([]);
  });

  it('is not found between two fields', () => {
    expect(marked('process where process.name == process.parent.name', 'EQL5006', 'endpoint')).toEqual([]);
  });
});
