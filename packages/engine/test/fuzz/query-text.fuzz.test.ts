import { DIALECTS, type DialectName } from '@eqlkit/language';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { mutated } from './mutate.js';
import { runAnyQuery } from './run-any-query.js';
import { SEED_QUERIES } from './seed-queries.js';

const SEED = 20_261_132;
const DIALECT_NAMES = Object.keys(DIALECTS) as DialectName[];

describe(`any text as a query (seed ${String(SEED)})`, () => {
  const verdicts = { ran: 0, refused: 0 };
  const take = (text: string): void => {
    for (const dialect of DIALECT_NAMES) verdicts[runAnyQuery(text, dialect)] += 1;
  };

  afterAll(() => {
    console.log(
      `texts as queries, seed ${String(SEED)}: ${JSON.stringify(verdicts)} of ${String(SEED_QUERIES.length)} seeds`,
    );
    // Mutated too much, all would be refused at their first token, and nothing behind the parser would be tried.
    expect(verdicts.ran).toBeGreaterThan((verdicts.ran + verdicts.refused) / 10);
  });

  it('the seeds themselves run in one dialect at least', () => {
    const broken = SEED_QUERIES.slice(0, 30).filter(
      (query) => !DIALECT_NAMES.some((dialect) => runAnyQuery(query, dialect) === 'ran'),
    );
    expect(broken).toEqual([]);
  });

  it('random bytes', () => {
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array).toString('latin1'));
    fc.assert(fc.property(bytes, take), { seed: SEED, numRuns: 500 });
  });

  it('random characters of Unicode, lone surrogates among them', () => {
    const unit = fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code));
    fc.assert(fc.property(fc.string({ unit, maxLength: 300 }), take), { seed: SEED, numRuns: 500 });
  });

  it('random bytes behind the beginning of a query', () => {
    const text = fc
      .tuple(
        fc.constantFrom('any where ', 'sequence by ', 'sequence [any where '),
        fc.string({ unit: 'binary', maxLength: 60 }),
      )
      .map((parts) => parts.join(''));
    fc.assert(fc.property(text, take), { seed: SEED, numRuns: 1_000 });
  });

  it('valid queries with a few changes', () => {
    fc.assert(fc.property(mutated(SEED_QUERIES), take), { seed: SEED, numRuns: 4_000 });
  });
});
