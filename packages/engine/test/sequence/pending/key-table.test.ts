import { describe, expect, it } from 'vitest';
import { hashKey, KeyTable } from '../../../src/sequence/pending/key-table.js';
import { NO_ROW } from '../../../src/sequence/pending/row-pool.js';
import { drawNumbers } from './draw-numbers.js';

const SEED = 20_261_129;

/** A table, and a map that must hold the same. */
function startTable(hash: (keyId: string) => number) {
  const keyIds: string[] = [];
  const table = new KeyTable({ keyIdOf: (row) => keyIds[row] ?? '' });
  const expected = new Map<string, number>();
  const add = (keyId: string): void => {
    keyIds.push(keyId);
    expect(table.put(keyId, hash(keyId), keyIds.length - 1)).toBe(expected.get(keyId) ?? NO_ROW);
    expected.set(keyId, keyIds.length - 1);
  };
  const replace = (keyId: string): void => {
    const before = expected.get(keyId) ?? NO_ROW;
    expected.set(keyId, keyIds.length);
    keyIds.push(keyId);
    table.replace(hash(keyId), before, keyIds.length - 1);
  };
  const remove = (keyId: string): void => {
    table.delete(hash(keyId), expected.get(keyId) ?? NO_ROW);
    expected.delete(keyId);
  };
  const check = (keyId: string): void => {
    expect(table.get(keyId, hash(keyId)), keyId).toBe(expected.get(keyId) ?? NO_ROW);
  };
  return { table, expected, add, replace, remove, check };
}

describe(`a table of keys (seed ${SEED})`, () => {
  const hashes: readonly (readonly [string, (keyId: string) => number, number])[] = [
    ['hashes that are spread', hashKey, 15_000],
    ['hashes of which many are alike', (keyId) => hashKey(keyId) % 50, 2_000],
    ['hashes that are neighbours', (keyId) => hashKey(keyId) & 0xff, 2_000],
    ['one hash, and so more keys than may lie together', () => -1, 1_000],
  ];
  it.each(hashes)('holds what a map holds, with %s', (_, hash, most) => {
    const draw = drawNumbers(SEED, most * 20);
    const { table, expected, add, replace, remove, check } = startTable(hash);
    const keyAt = (): string => `key-${draw(most * 1.5)}`;
    // It fills, and empties again.
    for (const share of [80, 20]) {
      for (let step = 0; step < most * 3; step += 1) {
        const keyId = keyAt();
        check(keyId);
        const known = expected.has(keyId);
        if (draw(100) < (known ? 10 : share)) add(keyId);
        else if (known && draw(100) < 10) replace(keyId);
        else if (known && draw(100) >= share) remove(keyId);
      }
      expect(table.size).toBe(expected.size);
      for (const keyId of expected.keys()) check(keyId);
    }
    for (const keyId of [...expected.keys()]) remove(keyId);
    expect(table.size).toBe(0);
    add('again');
    check('again');
    check('another');
  });

  it('tells keys apart that begin or end alike, and knows one by what it says', () => {
    const { add, check, table } = startTable(hashKey);
    const keyIds = [
      '',
      '\0',
      'a',
      'aa',
      'ab',
      'ba',
      'x'.repeat(5_000),
      `${'x'.repeat(5_000)}y`,
      `${'x'.repeat(4_999)}y`,
    ];
    for (const keyId of keyIds) add(keyId);
    for (const keyId of keyIds) check(keyId);
    expect(table.get(['a', 'b'].join(''), hashKey('ab'))).toBe(keyIds.indexOf('ab'));
  });
});
