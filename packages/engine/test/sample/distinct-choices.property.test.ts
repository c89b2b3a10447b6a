import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctChoices } from '../../src/sample/distinct-choices.js';

const SEED = 20_260_519;

/** All choices by definition, in order. */
function allChoices(lists: readonly (readonly number[])[]): readonly (readonly number[])[] {
  return lists.reduce<readonly (readonly number[])[]>(
    (choices, list) =>
      choices.flatMap((chosen) => list.filter((item) => !chosen.includes(item)).map((item) => [...chosen, item])),
    [[]],
  );
}

describe('distinctChoices', () => {
  it(`gives the first of all choices (seed ${String(SEED)})`, () => {
    const list = fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 5 });
    const cases = fc.record({ lists: fc.array(list, { maxLength: 6 }), limit: fc.integer({ min: 0, max: 12 }) });
    fc.assert(
      fc.property(cases, ({ lists, limit }) => {
        expect(distinctChoices(lists, limit)).toEqual(allChoices(lists).slice(0, limit));
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  it('ends soon where the items are too few for all lists', () => {
    const items = Array.from({ length: 199 }, (_, item) => item);
    expect(
      distinctChoices(
        Array.from({ length: 200 }, () => items),
        5,
      ),
    ).toEqual([]);
    // Enough items, but not for the first 200 lists.
    const enough = [...Array.from({ length: 200 }, () => items), [1_000], [1_001]];
    expect(distinctChoices(enough, 5)).toEqual([]);
  });

  it('finds the one choice that there is', () => {
    // List n holds the items up to n, the longest first, so that the first that come to mind are wrong.
    const lists = Array.from({ length: 200 }, (_, place) => Array.from({ length: place + 1 }, (_item, item) => item));
    expect(distinctChoices(lists.toReversed(), 5)).toEqual([Array.from({ length: 200 }, (_, item) => 199 - item)]);
  });
});
