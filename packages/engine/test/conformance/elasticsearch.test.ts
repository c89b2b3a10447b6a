import { analyzeQuery, schemaFromMapping } from '@eqlkit/language';
import { compileQuery, Engine, type JsonObject } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';
import { published, readCases, readEvents, timeOf } from './conformance-data.js';

interface QueryCase {
  readonly name: string;
  readonly query: string;
  readonly expected_event_ids: readonly number[] | readonly (readonly number[])[];
  readonly size?: number;
  readonly max_samples_per_key?: number;
}

const SUITES = [
  { name: 'endgame', data: ['endgame'], id: 'serial_event_id', tiebreaker: 'serial_event_id' },
  { name: 'extra', data: ['extra'], id: 'sequence', tiebreaker: 'sequence' },
  { name: 'missing-events', data: ['missing-events'], id: 'sequence', tiebreaker: 'sequence' },
  { name: 'sample', data: ['sample1', 'sample2', 'sample3'], id: 'id', tiebreaker: undefined },
  { name: 'sample-multi', data: ['sample-multi'], id: 'id', tiebreaker: undefined },
] as const;

describe.runIf(published)('published cases of Elasticsearch', () => {
  for (const suite of SUITES) {
    const events = readEvents(suite.data);
    const mappings = suite.data.map((name) => readCases(`elasticsearch/data/${name}.mapping.json`));
    const schema = schemaFromMapping(mappings, { strict: false });
    it.each(readCases(`elasticsearch/${suite.name}.json`) as QueryCase[])(`${suite.name}: $name`, (test) => {
      for (const resultPosition of ['head', 'tail'] as const) {
        const { query } = analyzeQuery(test.query, { schema });
        if (query === null) throw new Error('the query was refused');
        const compiled = compileQuery(query, {
          categoryField: 'event_type',
          size: test.size ?? 50,
          resultPosition,
          sampleOrder: 'by-key',
          maxSamplesPerKey: test.max_samples_per_key ?? 1,
          ...(suite.tiebreaker === undefined ? {} : { tiebreakerField: suite.tiebreaker }),
        });
        if (compiled.query === null) throw new Error('the query did not compile');
        const engine = new Engine([compiled.query]);
        const matches = [...events.flatMap((event) => engine.process(event, timeOf(event))), ...engine.finish()].map(
          ({ match }) => match,
        );
        const ids = matches.flatMap(({ stages }) => stages.map(({ record }) => record?.event[suite.id] ?? -1));
        const [first] = test.expected_event_ids;
        const allowed = Array.isArray(first) ? test.expected_event_ids : [test.expected_event_ids];
        expect(allowed).toContainEqual(ids);
      }
    });
  }

  it('folds every expression', () => {
    const cases = readCases('elasticsearch/expressions.json') as {
      expression: string;
      expected?: string | number | boolean | null;
    }[];
    const wrong = cases.filter(({ expression, expected = null }) => {
      const value = typeof expected === 'string' ? JSON.stringify(expected) : String(expected);
      const { query } = analyzeQuery(`any where (${expression}) == ${value}`);
      const compiled = query === null ? null : compileQuery(query).query;
      return compiled === null || new Engine([compiled]).process({}, { ms: 0, ns: 0 }).length !== 1;
    });
    expect(wrong).toEqual([]);
    expect(cases).toHaveLength(91);
  });

  it.each(readSeries())('series: $name', ({ stages, expected }) => {
    const tokens = stages.map((stage) => stage.map(readToken));
    const keyed = tokens.some((stage) => stage.some(({ key }) => key !== null));
    const brackets = stages.map((_, place) => `[any where stages == ${String(place)}]`);
    const { query } = analyzeQuery(`sequence${keyed ? ' by key' : ''} ${brackets.join(' ')}`);
    const compiled = query === null ? null : compileQuery(query).query;
    if (compiled === null) throw new Error('the query was refused');
    const engine = new Engine([compiled]);
    const matches = [...eventsOfSeries(tokens).flatMap((event) => engine.process(event)), ...engine.finish()];
    const found = matches.map(({ match }) => {
      const names = match.stages.map(({ record }) => JSON.stringify(record?.event['name']).slice(1, -1));
      const key = match.keys[0]?.value;
      return key === undefined ? names : [`${String(key)}|${names[0] ?? ''}`, ...names.slice(1)];
    });
    expect(found).toEqual(expected);
  });
});

interface SeriesCase {
  readonly name: string;
  readonly stages: readonly (readonly string[])[];
  readonly expected: readonly (readonly string[])[];
}

interface Token {
  readonly key: string | null;
  readonly name: string;
  readonly id: number;
}

function readSeries(): readonly SeriesCase[] {
  return readCases('elasticsearch/series.json') as SeriesCase[];
}

/** `r|W1`: the event W1 of key r; its number is its id and its time. */
function readToken(token: string): Token {
  const [, key, name = '', digits = ''] = /^(?:(.*)\|)?([A-Za-z]+(\d+))$/u.exec(token) ?? [];
  return { key: key ?? null, name, id: Number(digits) };
}

/** One event for each name and key, with the stages that list it. */
function eventsOfSeries(stages: readonly (readonly Token[])[]): readonly JsonObject[] {
  const events = new Map<string, { '@timestamp': number; name: string; key: string | null; stages: number[] }>();
  stages.forEach((tokens, place) => {
    for (const { key, name, id } of tokens) {
      const known = events.get(`${String(key)}|${name}`);
      if (known === undefined) events.set(`${String(key)}|${name}`, { '@timestamp': id, name, key, stages: [place] });
      else known.stages.push(place);
    }
  });
  return [...events.values()].sort((a, b) => a['@timestamp'] - b['@timestamp']);
}
