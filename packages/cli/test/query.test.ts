import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EqlProcess } from './run-eql.js';
import { useTestFolder } from './test-folder.js';

const EVENTS = 'examples/xdg-autostart/events.ndjson';

const folder = useTestFolder();
let eql: EqlProcess;
beforeAll(() => {
  eql = new EqlProcess();
});
afterAll(() => {
  eql.stop();
});

/** Events of category `c`, with numbers as ids and seconds. */
function numbered(name: string, ids: readonly number[], more: Record<string, unknown> = {}): string {
  const lines = ids.map((id) =>
    JSON.stringify({
      '@timestamp': `2024-01-01T00:00:${String(id).padStart(2, '0')}Z`,
      event: { category: 'c' },
      id,
      ...more,
    }),
  );
  return folder.write(name, `${lines.join('\n')}\n`);
}

function idsOf(stdout: string): unknown[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { id: unknown }).id);
}

const TWELVE = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

describe('eql query', () => {
  it('gives the last ten results in order of time, and says how many there were', async () => {
    const events = numbered('twelve.ndjson', [...TWELVE].reverse());
    const { code, stdout, stderr } = await eql.run(['query', 'c where true', events, '-o', 'ndjson']);
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual(TWELVE.slice(2));
    expect(stderr).toContain('10 of 12 results');
    expect(stderr).toContain('12 events read');
  });

  it('takes --size and --result-position, and stops reading when it has the first ones', async () => {
    const events = numbered('size.ndjson', TWELVE);
    const tail = await eql.run(['query', 'c where true', events, '-o', 'ndjson', '--size', '3']);
    expect(idsOf(tail.stdout)).toEqual([10, 11, 12]);
    const head = await eql.run([
      'query',
      'c where true',
      events,
      '-o',
      'ndjson',
      '--size',
      '3',
      '--result-position',
      'head',
    ]);
    expect(idsOf(head.stdout)).toEqual([1, 2, 3]);
    expect(head.stderr).toContain('3 results · 3 events read, then the answer was complete');
    expect(idsOf((await eql.run(['query', 'c where true', events, '-o', 'ndjson', '--size', '0'])).stdout)).toEqual([]);
  });

  it('prints the response of a search', async () => {
    const events = numbered('response.ndjson', [1, 2]);
    const { stdout } = await eql.run(['query', 'c where id == 2', events, '--output', 'elasticsearch']);
    const response = JSON.parse(stdout) as { took: number };
    expect(typeof response.took).toBe('number');
    expect(response).toMatchObject({
      is_partial: false,
      is_running: false,
      timed_out: false,
      hits: { total: { value: 1, relation: 'eq' }, events: [{ _index: events, _id: '2', _source: { id: 2 } }] },
    });
  });

  it('passes 64-bit integers on as they are', async () => {
    const line = '{"@timestamp":1,"event":{"category":"c"},"n":9223372036854775807,"u":18446744073709551615}';
    const events = folder.write('big.ndjson', `${line}\n`);
    for (const output of ['ndjson', 'json', 'elasticsearch']) {
      const { stdout } = await eql.run(['query', 'c where n == 9223372036854775807', events, '-o', output]);
      expect(stdout).toContain('"n":9223372036854775807,"u":18446744073709551615');
    }
    expect((await eql.run(['query', 'c where n == 9223372036854775806', events, '-o', 'ndjson'])).stdout).toBe('');
  });

  it('prints sequences with their keys and a list of JSON', async () => {
    const query =
      'sequence by host.id, process.entity_id with maxspan=1s [process where event.action == "exec"] [network where true]';
    const { stdout } = await eql.run(['query', query, EVENTS, '-o', 'json', '--size', '1']);
    const [sequence] = JSON.parse(stdout) as [{ kind: string; join_keys: object; events: { matched: object }[] }];
    expect(sequence.kind).toBe('sequence');
    expect(Object.keys(sequence.join_keys)).toEqual(['host.id', 'process.entity_id']);
    expect(sequence.events[0]?.matched).toEqual({ 'event.category': ['process'], 'event.action': 'exec' });
    expect((await eql.run(['query', 'any where false', EVENTS, '-o', 'json'])).stdout).toBe('[]\n');
  });

  it('knows of the events of results where each was read, also of those that waited and those that are decoded', async () => {
    const line = (second: number, category: string, more: object = {}): string =>
      JSON.stringify({ '@timestamp': second * 1000, event: { category }, ...more });
    const a = folder.write(
      'places-a.ndjson',
      ['', line(1, 'process'), line(3, 'process'), line(5, 'process')].join('\n'),
    );
    // A key twice, and one that is written with an escape, are left to the decoder.
    const odd = '{"@timestamp":4000,"@timestamp":4000,"ev\\u0065nt":{"category":"network"}}';
    const b = folder.write('places-b.ndjson', [line(2, 'network'), '', odd, line(6, 'network')].join('\n'));
    const ask = async (...more: readonly string[]): Promise<unknown> => {
      const query = 'sequence [process where true] [network where true]';
      const { stdout } = await eql.run(['query', query, a, b, '-o', 'elasticsearch', ...more]);
      const { hits } = JSON.parse(stdout) as { hits: { sequences: { events: { _index: string; _id: string }[] }[] } };
      return hits.sequences.map(({ events }) => events.map(({ _index: index, _id: id }) => [index, id]));
    };
    const expected = [
      [
        [a, '2'],
        [b, '1'],
      ],
      [
        [a, '3'],
        [b, '3'],
      ],
      [
        [a, '4'],
        [b, '4'],
      ],
    ];
    expect(await ask()).toEqual(expected);
    expect(await ask('--map', 'auditbeat')).toEqual(expected);
  });

  it('reads other fields for category, time and tiebreaker, also through an alias of a mapping', async () => {
    const events = folder.write(
      'fields.ndjson',
      [
        { kind: 'k', when: 5, seq: 2, id: 'b' },
        { kind: 'k', when: 5, seq: 1, id: 'a' },
        { kind: 'k', when: 4, seq: 9, id: 'first' },
      ]
        .map((event) => JSON.stringify(event))
        .join('\n'),
    );
    const fields = ['--category-field', 'kind', '--timestamp-field', 'when', '--tiebreaker-field', 'seq'];
    expect(idsOf((await eql.run(['query', 'k where true', events, '-o', 'ndjson', ...fields])).stdout)).toEqual([
      'first',
      'a',
      'b',
    ]);
    const mapping = folder.write(
      'alias.json',
      JSON.stringify({
        properties: {
          kind: { type: 'keyword' },
          when: { type: 'date' },
          seq: { type: 'long' },
          id: { type: 'keyword' },
          '@timestamp': { type: 'alias', path: 'when' },
          event: {
            properties: { category: { type: 'alias', path: 'kind' }, order: { type: 'alias', path: 'seq' } },
          },
        },
      }),
    );
    const aliased = ['--mapping', mapping, '--tiebreaker-field', 'event.order', '--strict-schema'];
    const { stdout, stderr } = await eql.run(['query', 'k where true', events, '-o', 'ndjson', ...aliased]);
    expect(idsOf(stdout)).toEqual(['first', 'a', 'b']);
    expect(stderr).not.toContain('missing');
  });

  it('joins several mappings, whose types decide what compares', async () => {
    const events = folder.write('typed.ndjson', '{"@timestamp":1,"event.category":"c","v":"1.11.0","n":"7","id":1}\n');
    const version = folder.write('version.json', '{"mappings":{"properties":{"v":{"type":"version"}}}}');
    const number = folder.write('number.json', '{"idx":{"mappings":{"properties":{"n":{"type":"long"}}}}}');
    const query = ['query', 'c where v > "1.5.0" and n > 6', events, '-o', 'ndjson'];
    expect(idsOf((await eql.run([...query, '--mapping', version, '--mapping', number])).stdout)).toEqual([1]);
    expect(idsOf((await eql.run(query)).stdout)).toEqual([]);
  });

  it('finds events and samples without a timestamp, which a sequence leaves out', async () => {
    const events = folder.write(
      'undated.ndjson',
      '{"event.category":"c","k":1,"id":1}\n{"event.category":"c","k":1,"id":2}\n',
    );
    expect(idsOf((await eql.run(['query', 'c where true', events, '-o', 'ndjson'])).stdout)).toEqual([1, 2]);
    const sample = await eql.run(['query', 'sample by k [c where id == 1] [c where id == 2]', events, '-o', 'json']);
    expect(JSON.parse(sample.stdout)).toHaveLength(1);
    const sequence = await eql.run(['query', 'sequence by k [c where true] [c where true]', events, '-o', 'json']);
    expect(sequence.stdout).toBe('[]\n');
    expect(sequence.stderr).toContain('warning[missing-timestamp]: 2 events');
  });

  it('gives more samples of a key with --max-samples-per-key, by key', async () => {
    const events = folder.write(
      'samples.ndjson',
      ['b', 'b', 'a', 'a', 'a'].map((k, id) => JSON.stringify({ '@timestamp': id, c: id % 2, k, id })).join('\n'),
    );
    const query = ['query', 'sample by k [any where c == 0] [any where c == 1]', events, '-o', 'json'];
    const keysOf = async (args: readonly string[]): Promise<string[]> => {
      const { stdout } = await eql.run([...query, ...args]);
      return (JSON.parse(stdout) as { join_keys: { k: string } }[]).map(({ join_keys }) => join_keys.k);
    };
    expect(await keysOf([])).toEqual(['a', 'b']);
    expect(await keysOf(['--max-samples-per-key', '2'])).toEqual(['a', 'a', 'b']);
    expect(await keysOf(['--max-samples-per-key', '2', '--size', '1'])).toEqual(['a']);
  });

  it('counts samples by the thousand without keeping them, and names the most of one key', async () => {
    const lists = Array.from({ length: 200 }, (_, place) => `v${String(place)}`);
    const events = folder.write(
      'many-samples.ndjson',
      Array.from({ length: 60 }, (_, id) => JSON.stringify({ '@timestamp': id, a: lists, id })).join('\n'),
    );
    const count = (query: string, most: string): ReturnType<typeof eql.run> =>
      eql.run(['query', query, events, '--count', '--max-samples-per-key', most]);
    const sample = 'sample by a [any where true] [any where true]';
    // Each of 200 keys has every ordered pair of 60 events.
    expect((await count(sample, '10000')).stdout).toBe(`${String(200 * 60 * 59)}\n`);
    expect((await count(sample, '100000000')).stderr).toContain('at most 10,000');
  });

  it('speaks the other dialects', async () => {
    const events = numbered('dialects.ndjson', [1, 2, 3], { name: 'CMD.exe' });
    const endgame = await eql.run([
      'query',
      "c where name = 'cmd*' | count",
      events,
      '--dialect',
      'endgame',
      '-o',
      'ndjson',
    ]);
    expect(JSON.parse(endgame.stdout)).toEqual({ key: 'totals', count: 3 });
    const endpoint = ['query', 'c where id == "2"', events, '--dialect', 'endpoint', '-o', 'ndjson'];
    expect(idsOf((await eql.run(endpoint)).stdout)).toEqual([2]);
  });

  it('leaves a source that never ends when it has its results', async () => {
    const path = fileURLToPath(new URL('../bin/eql.js', import.meta.url));
    const child = spawn(process.execPath, [path, 'query', 'c where true | head 1', '-', '-o', 'ndjson']);
    const line = '{"@timestamp":1,"event.category":"c","id":1}\n';
    // Standard input is put into order through a buffer, so that it takes many events before the first comes out.
    child.stdin.on('error', () => undefined);
    child.stdin.write(line.repeat(30_000));
    let stdout = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual([1]);
  });
});

describe('exit codes of eql query', () => {
  it('is 0 without results, too', async () => {
    expect((await eql.run(['query', 'any where false', EVENTS])).code).toBe(0);
  });

  it('is 2 for a wrong query, which is shown with its place', async () => {
    const { code, stdout, stderr } = await eql.run(['query', 'process where process.nam = "x"', EVENTS]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('error[EQL1010]');
    expect(stderr).toContain('query:1:27');
  });

  it('is 2 for a field that no mapping has with --strict-schema only', async () => {
    const mapping = folder.write(
      'strict.json',
      '{"properties":{"process":{"properties":{"name":{"type":"keyword"}}}}}',
    );
    const args = ['query', 'process where process.nam == "x"', EVENTS, '--mapping', mapping];
    expect((await eql.run(args)).code).toBe(0);
    const { code, stderr } = await eql.run([...args, '--strict-schema']);
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean "process.name"?');
  });

  it.each([
    ['no events', ['query', 'any where true']],
    ['missing events', ['query', 'any where true', 'nowhere.ndjson']],
    ['a size that is no number', ['query', 'any where true', EVENTS, '--size', 'x']],
    ['no sample per key', ['query', 'any where true', EVENTS, '--max-samples-per-key', '0']],
    ['too many samples per key', ['query', 'any where true', EVENTS, '--max-samples-per-key', '10001']],
    ['an unknown dialect', ['query', 'any where true', EVENTS, '--dialect', 'kql']],
    ['an unknown output', ['query', 'any where true', EVENTS, '--output', 'xml']],
    ['an unknown position', ['query', 'any where true', EVENTS, '--result-position', 'middle']],
    ['an empty field name', ['query', 'any where true', EVENTS, '--category-field', '']],
    ['a missing mapping', ['query', 'any where true', EVENTS, '--mapping', 'nowhere.json']],
    ['a mapping that is none', ['query', 'any where true', EVENTS, '--mapping', 'package.json']],
    ['a mapping that is no JSON', ['query', 'any where true', EVENTS, '--mapping', 'README.md']],
  ])('is 3 for %s', async (_about, args) => {
    const { code, stdout, stderr } = await eql.run(args);
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });

  it('is 3 for bad events with --strict only', async () => {
    const events = folder.write('bad.ndjson', '{"@timestamp":1,"event.category":"c","id":1}\n{broken\n');
    const lenient = await eql.run(['query', 'any where true', events, '-o', 'ndjson']);
    expect([lenient.code, idsOf(lenient.stdout)]).toEqual([0, [1]]);
    expect(lenient.stderr).toContain('bad.ndjson:2: ');
    expect((await eql.run(['query', 'any where true', events, '--strict'])).code).toBe(3);
  });

  it.each(['--fields', '--timestamp-field', '--category-field', '--tiebreaker-field'])(
    'is 3 for a field of more parts than one may have: %s',
    async (option) => {
      const { code, stderr } = await eql.run([
        'query',
        'any where true',
        EVENTS,
        option,
        Array(65).fill('a').join('.'),
      ]);
      expect(code).toBe(3);
      expect(stderr).toContain('A field has at most 64 parts.');
    },
  );

  it('stays 0 where a value could not be computed, and says so', async () => {
    const events = numbered('zero.ndjson', [1, 2], { n: 0 });
    const { code, stdout, stderr } = await eql.run(['query', 'c where 6 / n == 1 or id == 2', events, '-o', 'ndjson']);
    expect([code, idsOf(stdout)]).toEqual([0, [2]]);
    // Of the second event the other condition decides.
    expect(stderr).toContain('the query divided by zero, which gives no value (1 time)');
  });
});

describe('a field or category that no event has', () => {
  it.each([
    [
      'process where proces.name == "curl"',
      [],
      'the query could not have matched any of the events\n  no event has the field proces.name (did you mean process.name?)\n',
    ],
    [
      'proces where true',
      [],
      'the query could not have matched any of the events\n  no event has the category proces (did you mean process?)\n',
    ],
    [
      'process where true',
      ['--fields', '@timestamp,proces.name'],
      '--fields shows an empty column: no event has the field proces.name (did you mean process.name?)\n',
    ],
    [
      'process where process.name == "curl" or proces.name == "sh"',
      [],
      'one branch of an "or" could not have held for any event: no event has the field proces.name (did you mean process.name?)\n',
    ],
    [
      'process where true',
      ['--fields', 'zzz', '--limit', '2'],
      '--fields shows an empty column: no event has the field zzz, as far as they were read\n',
    ],
    [
      'process where true',
      ['--tiebreaker-field', 'event.sequnce'],
      '--tiebreaker-field orders nothing: no event has the field event.sequnce (did you mean event.sequence?)\n',
    ],
  ])('is told: %s %j', async (query, options, message) => {
    const { code, stderr } = await eql.run(['query', query, EVENTS, ...options]);
    expect(code).toBe(0);
    expect(stderr).toContain(`warning: ${message}`);
    expect(stderr.match(/warning: /gu)).toHaveLength(1);
  });

  it.each(['process where ?proces.name == "curl"', 'process where process.name == "never"', 'any where true'])(
    'is no topic for %s',
    async (query) => {
      const options = ['--fields', 'process.name', '--tiebreaker-field', 'event.sequence'];
      const { stderr } = await eql.run(['query', query, EVENTS, ...options]);
      expect(stderr).not.toContain('warning');
    },
  );

  it('does not change what is answered', async () => {
    const { stdout } = await eql.run(['query', 'any where nope == 1', EVENTS, '--output', 'elasticsearch']);
    expect(JSON.parse(stdout)).toMatchObject({ hits: { total: { value: 0 }, events: [] } });
  });
});

describe('events without a timestamp', () => {
  const events = (name: string): string =>
    folder.write(
      name,
      '{"id":1,"t":1,"event":{"category":"c"}}\n{"id":2,"event":{"category":"c"}}\n{"id":3,"@timestamp":3,"event":{"category":"c"}}\n',
    );

  it.each([
    ['@timestamp', [1, 2, 3]],
    ['t', [2, 3, 1]],
  ])('are found by queries for single events, whatever the field is called: %s', async (field, ids) => {
    const args = ['query', 'c where true', events('partly.ndjson'), '-o', 'ndjson', '--timestamp-field', field];
    const { code, stdout, stderr } = await eql.run(args);
    expect(code).toBe(0);
    expect(idsOf(stdout)).toEqual(ids);
    expect(stderr).not.toContain('warning');
  });

  it.each(['any where true', 'sample by host.id [process where true] [network where true]'])(
    'are found if all are: %s',
    async (query) => {
      const dated = await eql.run(['query', query, EVENTS, '--count']);
      const { code, stdout, stderr } = await eql.run(['query', query, EVENTS, '--count', '--timestamp-field', 'nope']);
      expect(code).toBe(0);
      expect(stdout).toBe(dated.stdout);
      expect(Number(stdout)).toBeGreaterThan(1);
      expect(stderr).toContain(
        'warning: no event has a time (--timestamp-field; --map gives fields ECS names, see docs/field-mapping.md), so they come in the order of the input: no event has the field nope\n',
      );
      expect(stderr).not.toContain('could not have matched');
    },
  );

  it('take no part in sequences', async () => {
    const query = 'sequence [c where true] [c where true]';
    const { stdout, stderr } = await eql.run(['query', query, events('none.ndjson'), '--count']);
    expect(stdout).toBe('0\n');
    expect(stderr).toContain('2 events have no timestamp and were skipped');
  });
});

it('says that there were no events', async () => {
  const { code, stderr } = await eql.run(['query', 'any where true', folder.write('empty.ndjson', '\n')]);
  expect(code).toBe(0);
  expect(stderr).toContain('warning: there were no events\n');
  const outside = await eql.run(['query', 'any where true', EVENTS, '--from', '2099-01-01']);
  expect(outside.stderr).not.toContain('there were no events');
});

it('says what to do with a rule in the place of a query', async () => {
  const { code, stderr } = await eql.run(['query', 'rules/x.toml', EVENTS]);
  expect(code).toBe(3);
  expect(stderr).toBe(
    'error: "rules/x.toml" is a file and no query; to run a rule: eql run rules/x.toml --events <inputs>\n',
  );
});
