import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EqlProcess } from '../run-eql.js';

/** Published cases beside the project; the project does not depend on them. */
const FOLDER = new URL('../../../../../shared/conformance/elasticsearch/', import.meta.url);
const present = existsSync(FOLDER);
if (!present) console.log('conformance cases are not there: their tests through the command are skipped');

interface QueryCase {
  readonly name: string;
  readonly query: string;
  readonly expected_event_ids: readonly number[] | readonly (readonly number[])[];
  readonly join_keys?: readonly string[];
  readonly size?: number;
  readonly max_samples_per_key?: number;
}

interface Hit {
  readonly _source: Readonly<Record<string, unknown>>;
  readonly missing?: boolean;
}

interface SearchResponse {
  readonly hits: {
    readonly total: { readonly value: number };
    readonly events?: readonly Hit[];
    readonly sequences?: readonly { readonly join_keys?: readonly unknown[]; readonly events: readonly Hit[] }[];
  };
}

const SUITES = [
  { name: 'endgame', data: ['endgame'], id: 'serial_event_id', tiebreaker: ['--tiebreaker-field', 'serial_event_id'] },
  { name: 'extra', data: ['extra'], id: 'sequence', tiebreaker: ['--tiebreaker-field', 'event.sequence'] },
  { name: 'missing-events', data: ['missing-events'], id: 'sequence', tiebreaker: ['--tiebreaker-field', 'sequence'] },
  { name: 'sample', data: ['sample1', 'sample2', 'sample3'], id: 'id', tiebreaker: [] },
  { name: 'sample-multi', data: ['sample-multi'], id: 'id', tiebreaker: [] },
] as const;

function pathOf(name: string): string {
  return fileURLToPath(new URL(name, FOLDER));
}

function readCases(name: string): QueryCase[] {
  return JSON.parse(readFileSync(pathOf(`${name}.json`), 'utf8')) as QueryCase[];
}

describe.runIf(present)('published cases of Elasticsearch, through the command', () => {
  let eql: EqlProcess;
  beforeAll(() => {
    eql = new EqlProcess();
  });
  afterAll(() => {
    eql.stop();
  });

  it.each(SUITES)('$name', async ({ name, data, id, tiebreaker }) => {
    const cases = readCases(name);
    const runs = cases.flatMap((test) =>
      ['head', 'tail'].map((position) => [
        'query',
        test.query,
        ...data.map((file) => pathOf(`data/${file}.ndjson`)),
        ...data.flatMap((file) => ['--mapping', pathOf(`data/${file}.mapping.json`)]),
        ...tiebreaker,
        ...['--category-field', 'event_type', '--result-position', position, '--size', String(test.size ?? 50)],
        ...['--max-samples-per-key', String(test.max_samples_per_key ?? 1), '--output', 'elasticsearch'],
      ]),
    );
    const results = await Promise.all(runs.map((args) => eql.run(args)));
    const wrong = results.flatMap<object>(({ code, stdout, stderr }, run) => {
      const test = cases[Math.floor(run / 2)];
      if (test === undefined) return [];
      if (code !== 0) return [{ test: test.name, code, stderr }];
      const { hits } = JSON.parse(stdout) as SearchResponse;
      const found = (hits.events ?? hits.sequences?.flatMap(({ events }) => events) ?? []).map((hit) =>
        hit.missing === true ? -1 : hit._source[id],
      );
      const [first] = test.expected_event_ids;
      const allowed = Array.isArray(first) ? test.expected_event_ids : [test.expected_event_ids];
      const keys = (hits.sequences ?? []).flatMap((sequence) => (sequence.join_keys ?? []).map(String));
      const expectedKeys = test.join_keys ?? [];
      const idsRight = allowed.some((ids) => JSON.stringify(ids) === JSON.stringify(found));
      const keysRight = expectedKeys.length === 0 || JSON.stringify(expectedKeys) === JSON.stringify(keys);
      return idsRight && keysRight ? [] : [{ test: test.name, found, allowed, keys, expectedKeys }];
    });
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
  });
});
