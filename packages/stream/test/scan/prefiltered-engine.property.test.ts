import { Engine, type JsonObject, type QueryMatch } from '@eqlkit/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileAll, eventArbitrary, queryArbitrary } from '../../../engine/test/rule-set/query-arbitrary.js';
import { ScannedEvent } from '../../src/scan/scanned-event.js';

const SEED = 20_261_126;

/** A plan is looked up by its prefilter only after some events, and a value leads on only when it is seen a second time. */
const ROUNDS = 8;

/** JSON with large integers as they are. */
function write(event: JsonObject): string {
  const marked = JSON.stringify(event, (_, value: unknown) => (typeof value === 'bigint' ? `big ${value}` : value));
  return marked.replace(/"big (-?\d+)"/gu, '$1');
}

const describeMatches = (matches: readonly QueryMatch[]): readonly string[] =>
  matches.map(({ query, match }) =>
    [query, ...match.stages.map(({ stage, record }) => `${String(stage)}:${String(record?.arrival)}`)].join(' '),
  );

describe('an engine over scanned events', () => {
  it(`finds in their bytes what trying every query on every decoded event finds (seed ${SEED})`, () => {
    let matched = 0;
    let followed = 0;
    let sifted = 0;
    fc.assert(
      fc.property(
        fc.array(queryArbitrary, { minLength: 1, maxLength: 40, size: 'max' }),
        fc.array(eventArbitrary, { minLength: 1, maxLength: 12, size: 'max' }),
        (queries, events) => {
          const all = compileAll(queries);
          const engine = new Engine(all);
          const exhaustive = new Engine(compileAll(queries), { exhaustive: true });
          const scanned = new ScannedEvent(engine.fieldPaths);
          const { prefilter } = scanned;
          for (let arrival = 0; arrival < events.length * ROUNDS; arrival += 1) {
            const decoded = events[arrival % events.length] ?? {};
            const line = write(decoded);
            const bytes = Buffer.from(line);
            const time = { ms: arrival, ns: 0 };
            const event = scanned.scan(bytes, 0, bytes.length) ? scanned : decoded;
            const expected = describeMatches(exhaustive.process(decoded, time));
            matched += expected.length;
            expect(describeMatches(engine.process(event, time)), line).toEqual(expected);
          }
          // Only what was added can be found.
          followed += (prefilter?.addNode(null, null) ?? 0) > 2 ? 1 : 0;
          sifted += (prefilter?.addProbes([]) ?? 0) > 1 ? 1 : 0;
        },
      ),
      { seed: SEED, numRuns: 150 },
    );
    expect(matched).toBeGreaterThan(4_000);
    expect(followed).toBeGreaterThan(50);
    expect(sifted).toBeGreaterThan(50);
  });
});
