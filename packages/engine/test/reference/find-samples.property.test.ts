import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { idsOf, matchesOf } from '../run-query.js';
import { isSameKey, type KeyTuple } from './case-keys.js';
import { findSamples } from './find-samples.js';
import { caseEvents, caseSamples } from './sequence-arbitraries.js';
import { writeEvent, writeSample } from './sequence-case.js';

const SEED = 20_261_126;

/** What the generated cases came to. */
const found = { cases: 0, withSamples: 0, atTheLimit: 0, belowTheLimit: 0 };

describe(`samples against their definition (seed ${String(SEED)})`, () => {
  afterAll(() => {
    console.log(`samples against their definition, seed ${String(SEED)}: ${JSON.stringify(found)}`);
    expect(Math.min(found.withSamples, found.atTheLimit, found.belowTheLimit)).toBeGreaterThan(found.cases / 10);
  });

  it('each key has as many different ones as there are, up to the limit', () => {
    const events = caseEvents({ late: true, arrays: true, maxLength: 12 });
    fc.assert(
      fc.property(caseSamples, events, fc.integer({ min: 1, max: 5 }), (sample, arriving, maxSamplesPerKey) => {
        const query = writeSample(sample);
        const matches = matchesOf(query, arriving.map(writeEvent), { maxSamplesPerKey });
        const keyed = matches.map((match) => ({ key: match.keys.map(({ value }) => value), ids: idsOf(match) }));
        let total = 0;
        found.cases += 1;
        if (matches.length > 0) found.withSamples += 1;
        for (const { key, combinations } of findSamples(sample, arriving)) {
          const ofKey = keyed.filter((match) => isSameKey(match.key as KeyTuple, key));
          const expected = Math.min(combinations.length, maxSamplesPerKey);
          total += expected;
          expect(ofKey, `${query}, key ${JSON.stringify(key)}`).toHaveLength(expected);
          for (const { ids } of ofKey) expect(combinations).toContainEqual(ids);
          expect(new Set(ofKey.map(({ ids }) => JSON.stringify(ids))).size).toBe(expected);
          if (combinations.length >= maxSamplesPerKey) found.atTheLimit += 1;
          else if (combinations.length > 0) found.belowTheLimit += 1;
        }
        expect(matches).toHaveLength(total);
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });
});
