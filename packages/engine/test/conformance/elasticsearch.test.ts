import { existsSync, readFileSync } from 'node:fs';
import { analyzeQuery, schemaFromMapping } from '@eqlkit/language';
import { compileQuery, Engine, parseTimestamp, type JsonObject, type Match, type Value } from '@eqlkit/engine';
import { describe, expect, it } from 'vitest';

/** Published cases beside the project; the project does not depend on them. */
const FOLDER = new URL('../../../../../shared/conformance/elasticsearch/', import.meta.url);
const present = existsSync(FOLDER);
if (!present) console.log('conformance cases are not there: their tests are skipped');

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

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8'));
}

function readEvents(names: readonly string[]): JsonObject[] {
  const lines = names.flatMap((name) =>
    readFileSync(new URL(`data/${name}.ndjson`, FOLDER), 'utf8')
      .trim()
      .split('\n'),
  );
  const timed = lines.map((line) => JSON.parse(line) as JsonObject);
  return timed.sort((a, b) => timeOf(a).ms - timeOf(b).ms);
}

function timeOf(event: JsonObject): { ms: number; ns: number } {
  return parseTimestamp(event['@timestamp']) ?? { ms: 0, ns: 0 };
}

function compareKeys(a: Match, b: Match): number {
  for (const [index, { value }] of a.keys.entries()) {
    const other: Value = b.keys[index]?.value ?? null;
    if (value === other) continue;
    if (value === null) return -1;
    if (other === null) return 1;
    return value < other ? -1 : 1;
  }
  return 0;
}

describe.runIf(present)('published cases of Elasticsearch', () => {
  for (const suite of SUITES) {
    if (!present) continue;
    const events = readEvents(suite.data);
    const mappings = suite.data.map((name) => readJson(`data/${name}.mapping.json`));
    const schema = schemaFromMapping(mappings, { strict: false });
    it.each(readJson(`${suite.name}.json`) as QueryCase[])(`${suite.name}: $name`, (test) => {
      for (const resultPosition of ['head', 'tail'] as const) {
        const { query } = analyzeQuery(test.query, { schema });
        if (query === null) throw new Error('the query was refused');
        const compiled = compileQuery(query, {
          categoryField: 'event_type',
          size: test.size ?? 50,
          resultPosition,
          maxSamplesPerKey: test.max_samples_per_key ?? 1,
          ...(suite.tiebreaker === undefined ? {} : { tiebreakerField: suite.tiebreaker }),
        });
        if (compiled.query === null) throw new Error('the query did not compile');
        const engine = new Engine([compiled.query]);
        const matches = [...events.flatMap((event) => engine.process(event, timeOf(event))), ...engine.finish()].map(
          ({ match }) => match,
        );
        if (matches[0]?.kind === 'sample') matches.sort(compareKeys);
        const ids = matches.flatMap(({ stages }) => stages.map(({ record }) => record?.event[suite.id] ?? -1));
        const [first] = test.expected_event_ids;
        const allowed = Array.isArray(first) ? test.expected_event_ids : [test.expected_event_ids];
        expect(allowed).toContainEqual(ids);
      }
    });
  }

  it('folds every expression', () => {
    const cases = readJson('expressions.json') as { expression: string; expected?: string | number | boolean | null }[];
    const wrong = cases.filter(({ expression, expected = null }) => {
      const value = typeof expected === 'string' ? JSON.stringify(expected) : String(expected);
      const { query } = analyzeQuery(`any where (${expression}) == ${value}`);
      const compiled = query === null ? null : compileQuery(query).query;
      return compiled === null || new Engine([compiled]).process({}, { ms: 0, ns: 0 }).length !== 1;
    });
    expect(wrong).toEqual([]);
    expect(cases).toHaveLength(91);
  });
});
