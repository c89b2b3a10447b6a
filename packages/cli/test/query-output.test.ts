import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { displayWidth } from '../src/output/display-width.js';
import { EqlProcess, runEql } from './run-eql.js';
import { Terminal } from './terminal.js';
import { useTestFolder } from './test-folder.js';

const EVENTS = 'examples/xdg-autostart/events.ndjson';
const SEQUENCE =
  'sequence by host.id, process.entity_id with maxspan=1s [process where event.action == "exec"] [network where true]';

const folder = useTestFolder();
let eql: EqlProcess;
beforeAll(() => {
  eql = new EqlProcess();
});
afterAll(() => {
  eql.stop();
});

function write(name: string, events: readonly object[]): string {
  return folder.write(name, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
}

function read(stdout: string): unknown[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}

/** A day apart each, from 1 January on. */
const DAYS = [1, 2, 3, 4].map((day) => ({
  '@timestamp': `2024-01-0${String(day)}T12:00:00Z`,
  event: { category: 'process', action: 'start' },
  process: { name: day % 2 === 0 ? 'even' : 'odd', args: ['-a', `${String(day)}, and "more"`] },
  id: day,
}));

describe('a table', () => {
  it('has the columns that suit the category, and those the query speaks of', async () => {
    const events = write('table.ndjson', DAYS);
    const { stdout } = await eql.run(['query', 'process where id >= 3', events]);
    const [, head = '', , ...rows] = stdout.split('\n');
    expect(head.split('│').map((cell) => cell.trim())).toEqual([
      '',
      '@timestamp',
      'event.action',
      'process.name',
      'id',
      '',
    ]);
    expect(rows.slice(0, 2).map((row) => row.split('│').map((cell) => cell.trim())[4])).toEqual(['3', '4']);
  });

  it('shows the fields that there are of events without the usual ones', async () => {
    const csv = folder.write('hand.csv', 'time;user;action;dst port\n10:00;ann;login ok;22\n10:01;bob;login bad;\n');
    const headOf = async (query: string, ...args: readonly string[]): Promise<readonly string[]> => {
      const { stdout } = await eql.run(['query', query, csv, ...args]);
      return (stdout.split('\n')[1] ?? '').split('│').map((cell) => cell.trim());
    };
    expect(await headOf('any where true')).toEqual(['', 'time', 'user', 'action', 'dst port', '']);
    expect(await headOf('any where action == "login ok"')).toEqual(['', 'action', 'time', 'user', 'dst port', '']);
    const category = ['--category-field', 'user', '--timestamp-field', 'nope'];
    expect(await headOf('ann where true', ...category)).toEqual(['', 'time', 'action', 'dst port', '']);
    expect(await headOf('any where true', '--fields', 'nope')).toEqual(['', 'nope', '']);
  });

  it('shows chosen fields, also those that no event has', async () => {
    const events = write('chosen.ndjson', DAYS);
    const { stdout } = await eql.run(['query', 'any where id == 1', events, '--fields', 'process.args, nothing,id']);
    const [, head = '', , row = ''] = stdout.split('\n');
    expect(head.split('│').map((cell) => cell.trim())).toEqual(['', 'process.args', 'nothing', 'id', '']);
    expect(row).toContain('["-a","1, and \\"more\\""]');
  });

  it.each([20, 30, 40, 60, 80, 120])('fits into %i columns, wide characters and all', (columns) => {
    const wide = DAYS.map((event) => ({
      ...event,
      process: { name: '日本語のプロセス名'.repeat(3) },
      host: { name: 'h' },
    }));
    const events = write('wide.ndjson', wide);
    for (const query of ['process where true', 'sequence [process where id == 1] [process where id == 2]']) {
      const args = ['query', query, events, '--fields', '@timestamp,process.name,host.name,id'];
      const { stdout } = runEql(args, { env: { COLUMNS: String(columns) } });
      expect(stdout).toContain('日本');
      for (const line of stdout.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    }
  });

  it('keeps what belongs together below it in 20 columns', () => {
    const { stdout } = runEql(['query', SEQUENCE, EVENTS, '--limit', '1'], { env: { COLUMNS: '20' } });
    const lines = stdout.trimEnd().split('\n');
    // What goes on in the next line stays behind its indent.
    expect(lines.filter((line) => !line.startsWith('  '))).toEqual(['● sequence 1', '1 process', '2 network']);
    expect(stdout).toMatch(/\n {2}process\.parent\.\n {2}executable\n|\n {2}destination\.port\n/u);
    for (const line of lines) if (!line.startsWith('  by ')) expect(line.length).toBeLessThanOrEqual(20);
  });

  it('never passes control characters of events on', async () => {
    const evil = '\u001b[31mred\u0007\u202e';
    const events = write('evil.ndjson', [
      { '@timestamp': 1, 'event.category': 'c', [evil]: 1, host: { name: evil }, id: 1 },
    ]);
    const chosen = ['--fields', `host.name,${evil}`];
    for (const args of [[], chosen, ['--stats'], [...chosen, '--stats']]) {
      const { stdout, stderr } = await eql.run(['query', 'c where true', events, ...args]);
      expect(stdout).toContain('?[31mred');
      expect(stdout + stderr).not.toMatch(/[\u001b\u0007\u202e]/u);
    }
    const staged = await eql.run(['query', 'sample by host.name [c where id == 1] [c where true]', events]);
    expect(staged.stdout).not.toMatch(/[\u001b\u0007\u202e]/u);
  });
});

describe('a sequence as a table', () => {
  it('is a group with its keys, the time between stages, and what each stage matched', async () => {
    const { stdout } = await eql.run(['query', SEQUENCE, EVENTS, '--limit', '2']);
    expect(stdout).toContain('● sequence 1 · 2 events in 0.');
    expect(stdout).toContain('● sequence 2 · 2 events in 0.');
    expect(stdout).toContain('  by host.id = 7c1e5a90d3b24f6e8a0b9d4c2f617e17\n  by process.entity_id = ');
    expect(stdout).toMatch(/│ 1 │ 2026-03-02T08:\S+ +│ process │ event.action +│ exec +│/u);
    expect(stdout).toMatch(/│ {3}│ \+0\.\d{3} s +│/u);
    // The second stage takes any event, so that what is worth seeing of one is shown.
    expect(stdout).toContain('destination.ip');
  });

  it('counts time from the stage before, and marks the stage that stayed away', async () => {
    const events = write('gap.ndjson', [
      { '@timestamp': '2024-01-01T00:00:00Z', t: 'a' },
      { '@timestamp': '2024-01-01T00:00:10Z', t: 'b' },
      { '@timestamp': '2024-01-01T00:02:15Z', t: 'c' },
    ]);
    const stages = '[any where t == "a"] [any where t == "b"] ![any where t == "x"] [any where t == "c"]';
    const { stdout } = await eql.run(['query', `sequence with maxspan=1h ${stages}`, events]);
    expect(stdout).toContain('3 events in 2 m 15 s');
    expect(stdout).toContain('+10.000 s');
    expect(stdout).toContain('+2 m 05 s');
    expect(stdout).toContain('(stayed away)');
  });

  it('shows chosen fields of each event instead', async () => {
    const { stdout } = await eql.run(['query', SEQUENCE, EVENTS, '--limit', '1', '--fields', 'user.name']);
    expect(stdout.match(/user\.name/gu)).toHaveLength(2);
    expect(stdout).not.toContain('destination.ip');
  });
});

describe('chosen fields as data', () => {
  it('may be objects, which are no empty columns', async () => {
    const events = write('object.ndjson', DAYS);
    const { stdout, stderr } = await eql.run([
      'query',
      'any where id == 1',
      events,
      '-o',
      'ndjson',
      '--fields',
      'event',
    ]);
    expect(read(stdout)).toEqual([{ event: { category: 'process', action: 'start' } }]);
    expect(stderr).not.toContain('warning');
  });

  it('are what JSON has, under their dotted names', async () => {
    const events = write('json.ndjson', DAYS);
    const args = ['query', 'any where id == 2', events, '--fields', 'id,process.name,nothing', '-o'];
    expect(read((await eql.run([...args, 'ndjson'])).stdout)).toEqual([{ id: 2, 'process.name': 'even' }]);
    const stages = [
      'query',
      'sequence [any where id == 1] [any where id == 2]',
      events,
      '--fields',
      'id',
      '-o',
      'json',
    ];
    expect(JSON.parse((await eql.run(stages)).stdout)).toMatchObject([
      {
        kind: 'sequence',
        events: [
          { stage: 0, event: { id: 1 } },
          { stage: 1, event: { id: 2 } },
        ],
      },
    ]);
  });
});

describe('CSV', () => {
  it('has a header and exact values', async () => {
    const events = write('csv.ndjson', DAYS);
    const args = ['query', 'process where id <= 2', events, '-o', 'csv', '--fields', '@timestamp,process.args,id,none'];
    expect(parse((await eql.run(args)).stdout, { columns: true })).toEqual([
      { '@timestamp': DAYS[0]?.['@timestamp'], 'process.args': '["-a","1, and \\"more\\""]', id: '1', none: '' },
      { '@timestamp': DAYS[1]?.['@timestamp'], 'process.args': '["-a","2, and \\"more\\""]', id: '2', none: '' },
    ]);
    const none = await eql.run(['query', 'process where false', events, '-o', 'csv', '--fields', 'a,b']);
    expect(none.stdout).toBe('a,b\n');
  });

  it('has a line for each event of a sequence, with result, stage and keys', async () => {
    const events = write('csv-sequence.ndjson', DAYS);
    const query = 'sequence by process.name [any where id < 3] [any where id >= 3]';
    const { stdout } = await eql.run(['query', query, events, '-o', 'csv', '--fields', 'id']);
    expect(stdout).toBe(
      ['result,stage,by process.name,id', '1,0,odd,1', '1,1,odd,3', '2,0,even,2', '2,1,even,4', ''].join('\n'),
    );
  });

  it('has the rows of an endgame pipe', async () => {
    const events = write('csv-rows.ndjson', DAYS);
    const query = 'process where true | count process.name';
    const { stdout } = await eql.run(['query', query, events, '-o', 'csv', '--dialect', 'endgame']);
    expect(stdout).toBe('count,key,percent\n2,even,0.5\n2,odd,0.5\n');
    expect((await eql.run(['query', query, events, '--dialect', 'endgame'])).stdout).toContain(
      '│ 2     │ even │ 0.5     │',
    );
  });
});

describe('counting', () => {
  it.each([
    ['table', '4\n'],
    ['json', '{"count":4}\n'],
    ['ndjson', '{"count":4}\n'],
    ['csv', 'count\n4\n'],
  ])('prints all results there are as %s, whatever the size', async (output, expected) => {
    const events = write('count.ndjson', DAYS);
    const { stdout } = await eql.run(['query', 'any where true', events, '--count', '--size', '2', '-o', output]);
    expect(stdout).toBe(expected);
  });

  it('counts sequences, and what a pipe lets pass', async () => {
    const events = write('count-pipe.ndjson', DAYS);
    const count = async (query: string): Promise<string> => (await eql.run(['query', query, events, '--count'])).stdout;
    expect(await count('sequence [any where true] [any where true]')).toBe('3\n');
    expect(await count('any where true | head 2')).toBe('2\n');
    expect(await count('any where false')).toBe('0\n');
  });
});

describe('a limit', () => {
  it('gives the first results and reads no further', async () => {
    const events = write('limit.ndjson', DAYS);
    const { stdout, stderr } = await eql.run(['query', 'any where true', events, '--limit', '2', '-o', 'ndjson']);
    expect(read(stdout)).toMatchObject([{ id: 1 }, { id: 2 }]);
    expect(stderr).toContain('2 events read, then the answer was complete');
  });
});

describe('a range of time', () => {
  const ids = async (...args: string[]): Promise<unknown[]> => {
    const events = write('range.ndjson', DAYS);
    const { stdout } = await eql.run(['query', 'any where true', events, '-o', 'ndjson', ...args]);
    return read(stdout).map((event) => (event as { id: number }).id);
  };

  it('has both its ends within, and a day ends at midnight', async () => {
    expect(await ids('--from', '2024-01-02T12:00:00Z')).toEqual([2, 3, 4]);
    expect(await ids('--from', '2024-01-02T12:00:00.001Z')).toEqual([3, 4]);
    expect(await ids('--to', '2024-01-02T12:00:00Z')).toEqual([1, 2]);
    expect(await ids('--to', '2024-01-02T11:59:59.999Z')).toEqual([1]);
    expect(await ids('--to', '2024-01-02')).toEqual([1, 2]);
    expect(await ids('--from', '2024-01-02', '--to', '2024-01-03')).toEqual([2, 3]);
  });

  it('is taken with date math', async () => {
    expect(await ids('--from', '2024-01-01||+2d/d')).toEqual([3, 4]);
    expect(await ids('--from', 'now-9m')).toEqual([]);
    expect(await ids('--to', 'now')).toEqual([1, 2, 3, 4]);
  });

  it('says so if no event lies within', async () => {
    const args = ['query', 'any where true', write('range-none.ndjson', DAYS)];
    const late = await eql.run([...args, '--from', '2025-01-01']);
    expect(late.stderr).toContain('no event lies between --from and --to: 4 events came earlier');
    const early = await eql.run([...args, '--to', '2023-01-01']);
    expect(early.stderr).toContain('no event lies between --from and --to: they begin later');
  });

  it('cuts what a sequence sees', async () => {
    const events = write('range-sequence.ndjson', DAYS);
    const query = ['query', 'sequence [any where id == 1] [any where id == 3]', events, '--count'];
    expect((await eql.run(query)).stdout).toBe('1\n');
    expect((await eql.run([...query, '--from', '2024-01-02'])).stdout).toBe('0\n');
  });

  it('leaves out events without a time', async () => {
    const events = write('range-undated.ndjson', [{ id: 0 }, ...DAYS]);
    const count = ['query', 'any where true', events, '--count'];
    expect((await eql.run(count)).stdout).toBe('5\n');
    expect((await eql.run([...count, '--from', '0001-01-01'])).stdout).toBe('4\n');
  });
});

describe('statistics', () => {
  it('draw a line for each stretch of time and the top values of fields', async () => {
    const events = write('stats.ndjson', [...DAYS, ...DAYS.slice(0, 1), { id: 0 }]);
    const { stdout } = await eql.run(['query', 'any where true', events, '--stats', '--fields', 'process.name,id']);
    expect(stdout.split('\n')).toEqual([
      'time (6 results, 6 h each)',
      '  from 2024-01-01T12:00:00.000Z to 2024-01-04T12:00:00.000Z',
      `  2024-01-01 12:00  2 ${'█'.repeat(60)}`,
      ...[2, 3, 4].flatMap((day) => [
        ...Array.from({ length: 3 }, () => expect.stringMatching(/^ {2}2024-01-0\d \d\d:00 {2}0$/u) as unknown),
        `  2024-01-0${String(day)} 12:00  1 ${'█'.repeat(30)}`,
      ]),
      'process.name (2 values)',
      `  odd   3 ${'█'.repeat(60)}`,
      `  even  2 ${'█'.repeat(40)}`,
      'id (5 values)',
      ...Array.from({ length: 5 }, () => expect.stringMatching(/^ {2}\d {2}[12] █+$/u) as unknown),
      '',
    ]);
  });

  it('of events without a time have no first and last one', async () => {
    const events = write('stats-undated.ndjson', [{ id: 0 }]);
    const { stdout } = await eql.run(['query', 'any where true', events, '--stats', '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ results: 1, first: null, last: null });
  });

  it('are data, too', async () => {
    const events = write('stats-json.ndjson', DAYS);
    const args = ['query', 'any where id < 3', events, '--stats', '--fields', 'process.name', '-o'];
    const json = JSON.parse((await eql.run([...args, 'json'])).stdout) as object;
    expect(json).toMatchObject({
      results: 2,
      first: '2024-01-01T12:00:00.000Z',
      last: '2024-01-02T12:00:00.000Z',
      histogram: { bucket_ms: 900_000 },
      fields: [{ field: 'process.name', distinct: 2, exact: true, top: [{ value: 'odd', count: 1 }, {}] }],
    });
    const csv = (await eql.run([...args, 'csv'])).stdout;
    expect(csv).toContain('field,value,count\n@timestamp,2024-01-01T12:00:00.000Z,1\n');
    expect(csv).toContain('process.name,odd,1\n');
  });
});

describe('wrong use', () => {
  it('of a word for a date is told how to write that day', async () => {
    const { code, stderr } = await eql.run(['query', 'any where true', EVENTS, '--from', 'yesterday']);
    expect(code).toBe(3);
    expect(stderr).toContain('--from "yesterday" is not a date');
    expect(stderr).toContain('now-1d/d for yesterday');
  });

  it.each([
    ['a limit beside a size', ['--limit', '1', '--size', '2']],
    ['a limit beside a position', ['--limit', '1', '--result-position', 'tail']],
    ['a count beside statistics', ['--count', '--stats']],
    ['a start that is no date', ['--from', 'yesterday']],
    ['an end that is no date', ['--to', '2024-13-01']],
    ['a range that is turned round', ['--from', '2024-02-01', '--to', '2024-01-01']],
    ['a field without a name', ['--fields', 'a,,b']],
  ])('%s is refused', async (_about, args) => {
    const { code, stdout, stderr } = await eql.run(['query', 'any where true', EVENTS, ...args]);
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).not.toBe('');
  });
});

describe('a table of events where there is little room', () => {
  it.each([20, 30, 40])('is a list of the fields of each event in %i columns', (columns) => {
    const env = { COLUMNS: String(columns) };
    const query = ['query', 'process where true', 'examples/xdg-autostart/events.ndjson', '--size', '2'];
    const { stdout } = runEql(query, { env });
    const [first = '', second = ''] = stdout.split('\n\n');
    expect(first).toMatch(
      /^@timestamp\n {2}2026-03-02(?:T|\n {2})08:09:45\.056Z\n[^]*^host\.name\n {2}desk-17$[^]*^process\.name\n {2}sync-/mu,
    );
    expect(second).toMatch(/^process\.name\n {2}python3$[^]*^process\.parent\.name\n {2}xfce4-session$/mu);
    expect(second).not.toContain('process.args');
    for (const line of stdout.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    const chosen = runEql([...query, '--fields', 'process.name,process.parent.name'], { env });
    expect(chosen.stdout).toMatch(/sync-\s*helper[^]*python3/u);
    // What fits is a table all the same.
    expect(runEql([...query, '--fields', 'process.pid'], { env }).stdout).toContain('│ 14114 ');
    const rows = runEql(
      [...query, '--dialect', 'endgame'].map((word) =>
        word === 'process where true' ? `${word} | count process.name` : word,
      ),
      { env },
    );
    for (const line of rows.stdout.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
    expect(rows.stdout).toContain('percent');
  });

  it('has the time of day under the date, and columns that tell more than what was done', () => {
    const { stdout } = runEql(['query', 'network where true', 'examples/xdg-autostart/events.ndjson', '--limit', '2'], {
      env: { COLUMNS: '80' },
    });
    const [, head = '', date = '', , first = ''] = stdout.split('\n');
    expect(head).toMatch(/^│ @timestamp +│ host\.name │ process\.name +│ source\.ip +│ destination\.ip │$/u);
    expect(date).toMatch(/^│ 2026-03-02 +│/u);
    expect(first).toMatch(/^│ 08:00:06\.480Z │ desk-18 +│/u);
  });

  it('has whole times where they are of several dates', () => {
    const times = ['2024-01-01T00:00:00.123Z', '2024-01-02T00:00:00.456Z'];
    const events = write(
      'dates.ndjson',
      times.map((time) => ({ '@timestamp': time, event: { category: 'c' }, a: 'x'.repeat(99) })),
    );
    const { stdout } = runEql(['query', 'c where a : "x*"', events], { env: { COLUMNS: '60' } });
    expect(stdout).toContain('│ 2024-01-01T00:00:00.123Z │');
  });

  it('breaks fields and times of alerts at their parts', () => {
    const rule = 'rules/elastic/linux/persistence_xdg_autostart_netcon.toml';
    const { stdout } = runEql(['run', rule, '-e', 'examples/xdg-autostart/events.ndjson'], { env: { COLUMNS: '80' } });
    expect(stdout).toMatch(/│ 1 │ 2026-03-02 +│ process │/u);
    expect(stdout).toMatch(/│ {3}│ 08:00:25\.122Z │/u);
    expect(stdout).toMatch(/│ process\.parent\. +│ \/usr\/bin\/xfce4-session │\n│ +│ +│ +│ executable +│ +│/u);
  });
});

describe('control characters of events', () => {
  const evil = '\u001b[31mred\u009b0m\u202e\u2028\r\nx';
  const event = { '@timestamp': 0, event: { category: 'c' }, [evil]: evil, host: { id: evil } };

  it.each([
    ['json', 'any where true', []],
    ['ndjson', 'any where true', ['--fields', evil]],
    ['ndjson', 'sequence by host.id [any where true] [any where true]', []],
    ['elasticsearch', 'any where true', []],
    ['json', 'any where true', ['--stats', '--fields', 'host.id']],
  ])('are escaped in JSON: %s, %s, %j', async (format, query, options) => {
    const events = write('evil.ndjson', [event, event]);
    const { code, stdout } = await eql.run(['query', query, events, '--output', format, ...options]);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/[^\P{C}\n]|\u2028/u);
    expect(stdout).toContain('\\u001b[31mred\\u009b0m\\u202e\\u2028\\r\\nx');
    expect(() =>
      stdout
        .split(format === 'ndjson' ? '\n' : '\0')
        .filter(Boolean)
        .map((text): unknown => JSON.parse(text)),
    ).not.toThrow();
  });

  it('are exact in CSV for a file, and nothing a terminal acts upon on a terminal', async () => {
    const events = write('evil.ndjson', [event]);
    const args = ['query', 'any where true', events, '--output', 'csv', '--fields', 'host.id,\u001b[31m'];
    expect(parse((await eql.run(args)).stdout)).toEqual([
      ['host.id', '\u001b[31m'],
      [evil, ''],
    ]);
    const terminal = new Terminal(args, { EQL_CONFIG: '' });
    expect(await terminal.ends()).toBe(0);
    expect(terminal.screen).toContain('?[31mred?0m?');
    expect(terminal.raw).not.toMatch(/\u001b\[31m|\u009b|\u202e/u);
  });
});
