import { Engine, FieldTable, type CompiledQuery, type JsonObject, type JsonValue } from '@eqlkit/engine';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { outcomeOf } from '../outcome-of.js';
import { candidates, tryCompile } from './candidates.js';
import { documents } from './vocabulary.js';

const SEED = 20_261_127;

/** The outcomes of each query. */
function runTogether(queries: readonly CompiledQuery[], events: readonly JsonObject[]): readonly JsonValue[][] {
  const engine = new Engine(queries);
  const outcomes = queries.map((): JsonValue[] => []);
  for (const found of [...events.flatMap((event) => engine.process(event)), ...engine.finish()]) {
    const query = queries[found.query];
    if (query !== undefined) outcomes[found.query]?.push(outcomeOf(found, query));
  }
  return outcomes;
}

/** What the generated cases came to. */
const found = { queries: 0, refused: 0, withMatches: 0, matches: 0 };

describe(`a query alone and among others (seed ${String(SEED)})`, () => {
  afterAll(() => {
    console.log(`queries alone and together, seed ${String(SEED)}: ${JSON.stringify(found)}`);
    expect(found.withMatches).toBeGreaterThan(found.queries / 5);
    expect(found.refused).toBeLessThan(found.queries / 20);
  });

  it('finds the same', () => {
    const many = fc.array(candidates, { minLength: 1, maxLength: 40, size: 'max' });
    fc.assert(
      fc.property(many, documents(30), (generated, events) => {
        const shared = new FieldTable();
        const compiled = generated.flatMap((candidate) => {
          const query = tryCompile(candidate, shared);
          found.refused += query === null ? 1 : 0;
          return query === null ? [] : [{ candidate, query }];
        });
        const together = runTogether(
          compiled.map(({ query }) => query),
          events,
        );
        compiled.forEach(({ candidate }, index) => {
          const query = tryCompile(candidate, new FieldTable());
          const [alone = []] = query === null ? [] : runTogether([query], events);
          expect(together[index], candidate.text).toEqual(alone);
          found.queries += 1;
          found.matches += alone.length;
          if (alone.length > 0) found.withMatches += 1;
        });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});
