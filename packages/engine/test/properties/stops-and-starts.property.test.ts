import { Engine, type CompiledQuery, type JsonObject, type JsonValue, type QueryMatch } from '@eqlkit/engine';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { outcomeOf } from '../outcome-of.js';
import { compile } from '../run-query.js';
import { caseEvents, caseSequences } from '../reference/sequence-arbitraries.js';
import { writeEvent, writeSequence } from '../reference/sequence-case.js';
import { candidates, tryCompile } from './candidates.js';
import { documents } from './vocabulary.js';

const SEED = 20_261_128;

/** What happens between two events of a stream. */
type Interruption = 'none' | 'time passes' | 'restart' | 'restart with a new plan';

const interruptions = fc.infiniteStream(
  fc.constantFrom<Interruption>('none', 'none', 'time passes', 'restart', 'restart with a new plan'),
);

function runWhole(query: CompiledQuery, events: readonly JsonObject[]): readonly JsonValue[] {
  const engine = new Engine([query]);
  return [...events.flatMap((event) => engine.process(event)), ...engine.finish()].map((one) => outcomeOf(one, query));
}

/** Runs a query over events with stops between them, none of which may change anything. */
function runInterrupted(
  plan: () => CompiledQuery,
  events: readonly JsonObject[],
  between: Iterator<Interruption>,
): readonly JsonValue[] {
  let query = plan();
  let engine = new Engine([query]);
  const found: QueryMatch[] = [];
  const interrupt = (nextTime: number): void => {
    const interruption = (between.next() as IteratorYieldResult<Interruption>).value;
    switch (interruption) {
      case 'none':
        return;
      case 'time passes':
        // No event before the next one will come: that much is certain.
        found.push(...engine.advanceTo(nextTime));
        return;
      case 'restart':
      case 'restart with a new plan': {
        const state = JSON.parse(JSON.stringify(engine.snapshot())) as JsonValue;
        if (interruption === 'restart with a new plan') query = plan();
        engine = new Engine([query]);
        engine.restore(state);
      }
    }
  };
  for (const event of events) {
    interrupt(timeOf(event));
    found.push(...engine.process(event));
  }
  interrupt(timeOf(events.at(-1) ?? {}));
  found.push(...engine.finish());
  return found.map((one) => outcomeOf(one, query));
}

/** Whole milliseconds, rounded down. */
function timeOf(event: JsonObject): number {
  const time = event['@timestamp'] ?? 0;
  return typeof time === 'string' ? Date.parse(time.replace(/(\.\d{3})\d*Z$/u, '$1Z')) : Number(time);
}

const found = { cases: 0, withMatches: 0 };

function expectNoDifference(
  plan: () => CompiledQuery,
  events: readonly JsonObject[],
  stops: Iterator<Interruption>,
): void {
  const query = plan();
  const whole = runWhole(query, events);
  found.cases += 1;
  if (whole.length > 0) found.withMatches += 1;
  expect(runWhole(query, events), 'the same plan once more').toEqual(whole);
  expect(runInterrupted(plan, events, stops), 'interrupted').toEqual(whole);
}

describe(`passing time, snapshots and restarts change nothing (seed ${String(SEED)})`, () => {
  afterAll(() => {
    console.log(`interrupted runs, seed ${String(SEED)}: ${JSON.stringify(found)}`);
    expect(found.withMatches).toBeGreaterThan(found.cases / 5);
  });

  it('for sequences', () => {
    const events = caseEvents({ late: false, arrays: true, maxLength: 20 });
    fc.assert(
      fc.property(caseSequences({ missing: true }), events, interruptions, (sequence, arriving, stops) => {
        const tiebreaker = sequence.tiebreaker ? { tiebreakerField: 'order' } : {};
        expectNoDifference(() => compile(writeSequence(sequence), tiebreaker), arriving.map(writeEvent), stops);
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  it('for queries of every form and dialect', () => {
    fc.assert(
      fc.property(candidates, documents(20), interruptions, (candidate, events, stops) => {
        const plan = (): CompiledQuery => {
          const query = tryCompile(candidate);
          return query ?? compile('any where false');
        };
        expectNoDifference(plan, events, stops);
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });
});
