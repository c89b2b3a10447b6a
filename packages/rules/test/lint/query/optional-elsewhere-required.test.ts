import { describe, expect, it } from 'vitest';
import { marked } from '../lint-query.js';

describe('EQL5011, an optional field that is required elsewhere', () => {
  it.each([
    'process where ?a.b == "x" or a.b == "y"',
    'sequence by host.id with maxspan=1s [process where a.b == 1] [network where ?a.b == 2]',
    'sequence by a.b with maxspan=1s [process where ?a.b == 1] [network where true]',
  ])('is found in %s', (query) => {
    expect(marked(query, 'EQL5011')).toEqual(['?a.b']);
  });

  it.each(['process where ?a.b == "x" or ?a.b == "y"', 'process where ?a.b == "x" and a.c == "y"'])(
    'is not found in %s',
    (query) => {
      expect(marked(query, 'EQL5011')).toEqual([]);
    },
  );
});
