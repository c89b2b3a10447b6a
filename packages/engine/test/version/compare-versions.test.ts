import { describe, expect, it } from 'vitest';
import { compareVersions } from '../../src/version/compare-versions.js';

const ASCENDING = [
  '0',
  '0.0.1',
  '0.9',
  '1-rc.1',
  '1',
  '1.0-beta',
  '1.0',
  '1.0.0-1',
  '1.0.0-2',
  '1.0.0-11',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.0.0+build.1',
  '1.0.0+build.2',
  '1.0.0.0.1',
  '1.2.4',
  '1.5.0',
  '1.11.3',
  '2.0.0',
  '10.0.19041.1',
  '99999999999999999999.0',
  '99999999999999999999.1',
  '',
  '01.2',
  '1.',
  '1.0.0-',
  '1.0.0-a..b',
  '1.x',
  'bad',
  'worse',
];

describe('compareVersions', () => {
  it('orders versions, and texts that are none after them', () => {
    const shuffled = ASCENDING.toSorted((a, b) => (a.length === b.length ? (a < b ? 1 : -1) : b.length - a.length));
    expect(shuffled.toSorted(compareVersions)).toEqual(ASCENDING);
  });

  it('is antisymmetric and finds only the same text equal', () => {
    for (const [index, a] of ASCENDING.entries()) {
      for (const [other, b] of ASCENDING.entries()) {
        expect(Math.sign(compareVersions(a, b))).toBe(Math.sign(index - other));
      }
    }
  });
});
