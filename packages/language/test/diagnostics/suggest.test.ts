import { didYouMean, similarField, suggestName } from '@eqlkit/language';
import { describe, expect, it } from 'vitest';

describe('suggestName', () => {
  it.each([
    ['nmae', 'name'],
    ['lenght', 'length'],
    ['PID', 'pid'],
    ['stringcontain', 'stringContains'],
  ])('finds what %s was meant to be', (typed, meant) => {
    expect(suggestName(typed, ['other', 'length', 'name', 'pid', 'stringContains'])).toBe(meant);
    expect(didYouMean(typed, ['other', meant])).toBe(`Did you mean "${meant}"?`);
  });

  it('finds nothing for a name that is another one', () => {
    expect(suggestName('user', ['host', 'name', 'pid'])).toBeUndefined();
    expect(suggestName('ab', ['ba', 'xy'])).toBe('ba');
  });
});

describe('similarField', () => {
  const names = ['process.name', 'process.parent.name', 'file.name', 'file.path'];

  it.each([
    ['process.nmae', 'process.name'],
    ['proces.name', 'process.name'],
    ['Process.name', 'process.name'],
    ['file.pathh', 'file.path'],
  ])('takes %s for %s', (typed, meant) => {
    expect(similarField(typed, names)).toBe(meant);
  });

  it.each(['file.hash', 'proces.nmae', 'name', 'process.parent'])('takes %s for no other', (typed) => {
    expect(similarField(typed, names)).toBeNull();
  });
});
