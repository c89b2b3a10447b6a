import { analyzeQuery, DIALECTS } from '@eqlkit/language';
import { compileQuery, Engine, FieldTable, type CompiledQuery, type JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';

const QUERIES = [
  'process where child of [process where process.name == "word"]',
  'process where child of [process where process.name : "*shell*"]',
  'process where descendant of [process where process.name in ("word", "shell")]',
  'process where event of [network where true]',
  // Asks about the sources of another one.
  'process where child of [process where child of [process where process.name == "word"]]',
  'file where descendant of [process where process.name == "none"]',
  'network where process.name == "shell"',
];

function compileAll(queries: readonly string[] = QUERIES): readonly CompiledQuery[] {
  const fields = new FieldTable();
  return queries.map((text) => {
    const options = { dialect: DIALECTS.endpoint };
    const { query } = analyzeQuery(text, options);
    const compiled = query === null ? null : compileQuery(query, { ...options, fields }).query;
    if (compiled === null) throw new Error(`${text} does not compile`);
    return compiled;
  });
}

function event(category: string, name: string, id: string, parent: string | null): JsonObject {
  const process = { name, entity_id: id, ...(parent === null ? {} : { parent: { entity_id: parent } }) };
  return { '@timestamp': '2026-01-01T00:00:00Z', event: { category, type: 'start' }, process };
}

const EVENTS = [
  event('process', 'word', 'a', null),
  event('process', 'shell', 'b', 'a'),
  event('process', 'whoami', 'c', 'b'),
  event('network', 'shell', 'b', null),
  event('process', 'shell', 'b', 'a'),
  event('process', 'idle', 'd', 'z'),
];

/** For each event the queries that match. */
const EXPECTED = [[], [0, 2], [1, 2, 4], [6], [0, 2, 3], []];

function run(engine: Engine, surveyor: Engine | null): readonly (readonly number[])[] {
  return EVENTS.map((one) =>
    engine.process(one, undefined, surveyor === null ? {} : { survey: surveyor.survey(one) }).map(({ query }) => query),
  );
}

describe('process trees of many queries', () => {
  it('are found with an index', () => {
    expect(run(new Engine(compileAll()), null)).toEqual(EXPECTED);
  });

  it('are the same when every query is tried on every event', () => {
    expect(run(new Engine(compileAll(), { exhaustive: true }), null)).toEqual(EXPECTED);
  });

  it('are the same when another engine has surveyed the events', () => {
    expect(run(new Engine(compileAll()), new Engine(compileAll()))).toEqual(EXPECTED);
  });

  it('are asked anew when the first source comes after very many events without one', () => {
    // Of so many queries that they are decided together.
    const others = Array.from({ length: 100 }, (_, at) => `process where child of [file where file.name == "${at}"]`);
    const engine = new Engine(compileAll([...QUERIES, ...others]));
    const before = Array.from({ length: 1_000 }, (_, number) => event('process', 'idle', `idle ${number}`, 'z'));
    for (const one of before) expect(engine.process(one)).toEqual([]);
    expect(run(engine, null)).toEqual(EXPECTED);
  });
});
