import { Engine, type CompiledQuery, type JsonObject, type QueryMatch } from '@eqlkit/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileAll, eventArbitrary, queryArbitrary } from './query-arbitrary.js';

const SEED = 20_250_301;

interface Outcome {
  /** What each event gave, then the end. */
  readonly matches: readonly (readonly unknown[])[];
  readonly late: number;
}

function runAll(engine: Engine, events: readonly JsonObject[], surveys: readonly (readonly number[])[] = []): Outcome {
  const describeMatch = ({ query, match }: QueryMatch): unknown => [
    query,
    match.kind,
    match.keys.map(({ value }) => value),
    match.stages.map(({ stage, record }) => [stage, record?.arrival ?? null]),
  ];
  return {
    matches: [
      ...events.map((event, index) => {
        const survey = surveys[index];
        return engine.process(event, undefined, survey === undefined ? {} : { survey });
      }),
      engine.finish(),
    ].map((found) => found.map(describeMatch)),
    late: engine.lateEvents,
  };
}

function problemsOf(queries: readonly CompiledQuery[]): readonly unknown[] {
  return queries.map(({ plan }) => [...plan.problems]);
}

function inOrder(events: readonly JsonObject[]): readonly JsonObject[] {
  return events.toSorted((a, b) => Number(a['@timestamp']) - Number(b['@timestamp']));
}

describe('StageIndex', () => {
  const queries = fc.array(queryArbitrary, { minLength: 1, maxLength: 40, size: 'max' });
  const events = fc.array(eventArbitrary, { minLength: 1, maxLength: 30, size: 'max' });
  let compiled = 0;
  let matched = 0;

  it(`finds what trying every query on every event finds (seed ${SEED})`, () => {
    fc.assert(
      fc.property(queries, events, fc.boolean(), (generated, unordered, ordered) => {
        const stream = ordered ? inOrder(unordered) : unordered;
        const expected = runAll(new Engine(compileAll(generated), { exhaustive: true }), stream);
        const all = compileAll(generated);
        const found = runAll(new Engine(all), stream);
        compiled += all.length;
        matched += found.matches.flat().length;
        expect(found).toEqual(expected);
      }),
      { seed: SEED, numRuns: 200 },
    );
    expect(compiled).toBeGreaterThan(4_000);
    expect(matched).toBeGreaterThan(4_000);
  });

  it(`finds the same, and counts the same problems, from the surveys of other engines (seed ${SEED})`, () => {
    let surveyed = 0;
    fc.assert(
      fc.property(
        queries,
        events,
        fc.boolean(),
        fc.integer({ min: 1, max: 3 }),
        (generated, unordered, ordered, others) => {
          const stream = ordered ? inOrder(unordered) : unordered;
          const alone = compileAll(generated);
          const expected = runAll(new Engine(alone), stream);
          const together = compileAll(generated);
          const surveyors = Array.from({ length: others }, () => new Engine(compileAll(generated)));
          const surveys = stream.map((event, index) => surveyors[index % others]?.survey(event) ?? []);
          surveyed += surveys.flat().length;
          expect(runAll(new Engine(together), stream, surveys)).toEqual(expected);
          expect(problemsOf(together)).toEqual(problemsOf(alone));
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
    expect(surveyed).toBeGreaterThan(10_000);
  });

  it(`finds the same when events of a few kinds come so often that it makes tables for them (seed ${SEED})`, () => {
    const kinds = fc.array(eventArbitrary, { minLength: 1, maxLength: 3, size: 'max' });
    const many = fc.array(queryArbitrary, { minLength: 150, maxLength: 200, size: 'max' });
    let matched = 0;
    fc.assert(
      fc.property(many, kinds, (generated, some) => {
        const stream = Array.from({ length: 200 }, (_, round) =>
          inOrder(some).map((event) => ({ ...event, '@timestamp': Number(event['@timestamp']) + round * 20_000 })),
        ).flat();
        const expected = runAll(new Engine(compileAll(generated), { exhaustive: true }), stream);
        const alone = compileAll(generated);
        expect(runAll(new Engine(alone), stream)).toEqual(expected);
        matched += expected.matches.flat().length;
        // The engine that surveys has seen fewer events than the other.
        const together = compileAll(generated);
        const surveyors = [new Engine(compileAll(generated)), new Engine(compileAll(generated))];
        const surveys = stream.map((event, index) => surveyors[index < 150 ? 0 : 1]?.survey(event) ?? []);
        expect(runAll(new Engine(together), stream, surveys)).toEqual(expected);
        expect(problemsOf(together)).toEqual(problemsOf(alone));
      }),
      { seed: SEED, numRuns: 8 },
    );
    expect(matched).toBeGreaterThan(10_000);
  });

  it(`goes on from a snapshot as if nothing had happened (seed ${SEED})`, () => {
    fc.assert(
      fc.property(queries, events, fc.nat({ max: 30 }), (generated, unordered, cut) => {
        const stream = inOrder(unordered);
        const whole = new Engine(compileAll(generated));
        const before = new Engine(compileAll(generated));
        const after = new Engine(compileAll(generated));
        runHead(whole, stream.slice(0, cut));
        runHead(before, stream.slice(0, cut));
        after.restore(before.snapshot());
        expect(runAll(after, stream.slice(cut))).toEqual(runAll(whole, stream.slice(cut)));
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});

function runHead(engine: Engine, events: readonly JsonObject[]): void {
  for (const event of events) engine.process(event);
}
