import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { generateMixedStream } from '@eqlkit/test-support';
import { beforeAll, describe, expect, it } from 'vitest';
import { EQL, ROOT, runEql } from './run-eql.js';
import { useTestFolder } from './test-folder.js';

const SEED = 20_261_124;
const NOW = ['--now', '2026-02-01T00:00:00Z'];

/** Rules of all kinds over the generated stream, some of which have problems that are counted. */
const QUERIES: Readonly<Record<string, string>> = {
  sequence: 'sequence by host.id with maxspan=5s [process where event.type == "start"] [network where true]',
  missing: `sequence by host.id with maxspan=2s
    [process where event.type == "start"] ![file where event.type == "deletion"] [network where true]`,
  waiting: 'sequence by host.id with maxspan=1s [file where event.type == "creation"] ![network where true]',
  until: `sequence by process.entity_id with maxspan=1m
    [process where event.type == "start"] [file where true] until [process where event.type == "end"]`,
  runs: 'sequence by host.id with maxspan=10s [network where true] with runs=3 [process where process.name regex "[a-z]+"]',
  sample: 'sample by host.id [process where event.type == "start"] [network where true] [file where true]',
  division: 'process where process.pid / (process.pid % 2) > 0',
  laterDivision: `sequence by host.id with maxspan=3s
    [network where true] [process where process.pid / (process.pid % 3) > 1000000]`,
  parsing: 'process where number(process.name) > 0',
  misspelt: 'process where proces.name == "sh"',
  category: 'proces where true',
};

const folder = useTestFolder();
let rules = '';
let events = '';

beforeAll(() => {
  const paths = Object.entries(QUERIES).map(([name, query]) =>
    folder.write(`${name}.toml`, `[rule]\nname = "${name}"\nquery = '''\n${query}\n'''\n`),
  );
  rules = paths.join('\n');
  const lines = Array.from(generateMixedStream({ events: 2_500, seed: SEED, suspiciousOneIn: 20 }), (event) =>
    JSON.stringify(event),
  );
  // Bad lines, events that are out of the ordinary, and some that are out of order.
  lines.splice(100, 0, '{"no": "time"}', 'no json', '[1]', '{"@timestamp":"2026-01-12T08:00:01Z","a":"é\u{1f600}"}');
  lines.splice(2_000, 0, lines[1_990] ?? '', 'null', `{"@timestamp":"yesterday","event":{"category":"file"}}`);
  lines.splice(2_200, 0, (lines[2_100] ?? '').replace('"event":{', '"event":{"kind":"x","kind":"y",'));
  events = folder.write('events.ndjson', `${lines.join('\n')}\n`);
});

/** What a run gave, without its speed. */
function run(args: readonly string[], input?: Buffer): { code: number | null; stdout: string; stderr: string } {
  const result = runEql(['run', ...args, ...NOW], input === undefined ? {} : { input });
  return { ...result, stderr: result.stderr.replace(/ · [\d.,]+ m?s(?: · [\d,]+ events\/s)?$/mu, '') };
}

/** Runs alone and with workers, and expects the same. Gives the outcome. */
function expectSame(args: readonly string[], counts: readonly number[] = [2], input?: Buffer): ReturnType<typeof run> {
  const alone = run(args, input);
  for (const count of counts) expect(run([...args, '--workers', String(count)], input), `${count}`).toEqual(alone);
  return alone;
}

describe(`eql run --workers gives what one thread gives (seed ${SEED})`, () => {
  it.each(['ndjson', 'json', 'table'])('as %s, with sequences, samples, absences, problems and bad lines', (output) => {
    const { code, stdout, stderr } = expectSame(
      [...rules.split('\n'), '--events', events, '--output', output],
      output === 'ndjson' ? [2, 3] : [2],
    );
    expect(code).toBe(0);
    for (const name of ['sequence', 'missing', 'waiting', 'until', 'runs', 'sample', 'division']) {
      expect(stdout, name).toContain(name);
    }
    expect(stderr).toContain('invalid-json');
    expect(stderr).toMatch(/division and 1 other divided by zero, which gives no value \([\d,]+ times\)/u);
    expect(stderr).toContain('did you mean process.name?');
    expect(stderr).toContain('2,503 events read · 11 rules run');
  });

  it('with the starter pack and the shipped rules', () => {
    const { stdout } = expectSame(['rules', '--events', events, '-o', 'ndjson']);
    expect(stdout.length).toBeGreaterThan(1_000);
    expectSame(['rules', '--events', 'examples/xdg-autostart/events.ndjson', '-o', 'json']);
  });

  it('with a tiebreaker, so that events wait for others of their time', () => {
    const args = ['rules/elastic/linux/persistence_xdg_autostart_netcon.toml', '--tiebreaker-field', 'event.sequence'];
    const { stdout } = expectSame([...args, '--events', 'examples/xdg-autostart/events.ndjson', '-o', 'ndjson']);
    expect(stdout).not.toBe('');
  });

  it('from gzip, several files and standard input', () => {
    const zipped = folder.write('events.ndjson.gz', gzipSync(readFileSync(events)));
    const args = [...rules.split('\n'), '-o', 'ndjson', '--events'];
    const { stderr } = expectSame([...args, events, zipped]);
    expect(stderr).toContain('5,006 events read');
    expectSame([...args, '-'], [2], readFileSync(events));
  });

  it('through a mapping', () => {
    const args = ['rules', '--events', 'examples/auditbeat/events.ndjson', '--map', 'auditbeat', '-o', 'ndjson'];
    if (!existsSync(join(ROOT, 'examples/auditbeat/events.ndjson'))) throw new Error('the example has moved');
    expect(run([...args, '--workers', '2']).stdout).toBe(run(args).stdout);
  });

  it('with the exit codes', () => {
    const broken = folder.write('broken.toml', '[rule]\nname = "broken"\nquery = "process where"\n');
    const some = folder.file('sequence.toml');
    expect(expectSame([some, broken, '--events', events, '-o', 'ndjson']).code).toBe(2);
    expect(expectSame([broken, '--events', events]).code).toBe(2);
    expect(expectSame([some, '--events', events, '--fail-on-alert', '-o', 'ndjson']).code).toBe(1);
    expect(expectSame([some, '--events', events, '--strict', '-o', 'ndjson']).code).toBe(3);
    const bad = folder.write('bad.ndjson', 'no event\nno event either\n');
    expect(expectSame([some, '--events', bad, events, '-o', 'ndjson']).code).toBe(3);
    const damaged = folder.write('damaged.gz', gzipSync(readFileSync(events)).subarray(0, 20_000));
    expect(expectSame([some, '--events', damaged, '-o', 'ndjson']).code).toBe(3);
  });
});

describe('--workers', () => {
  it.each(['0', 'x', '1.5', '-2', '1000', ''])('refuses %j', (count) => {
    const { code, stderr } = runEql(['run', 'rules/starter', '--events', events, `--workers=${count}`]);
    expect(code).toBe(3);
    expect(stderr).toContain("option '--workers <count>' argument");
  });

  it('takes one per core with auto', () => {
    const args = [folder.file('sequence.toml'), '--events', events, '-o', 'ndjson'];
    expect(run([...args, '--workers', 'auto'])).toEqual(run(args));
  });

  it('ends on Ctrl-C, also while it waits for input', async () => {
    const args = ['run', 'rules/starter', '--events', '-', '--workers', '2', '--verbose'];
    const child = spawn(process.execPath, [EQL, ...args], { cwd: ROOT, stdio: ['pipe', 'ignore', 'pipe'] });
    const signal = new Promise((resolve) => child.once('exit', (_, name) => resolve(name)));
    child.stdin.write(readFileSync(events).subarray(0, 10_000));
    let said = '';
    await new Promise<void>((resolve) => {
      child.stderr.on('data', (text) => {
        said += String(text);
        if (said.includes('events stdin: ndjson')) resolve();
      });
    });
    child.kill('SIGINT');
    expect(await signal).toBe('SIGINT');
  });
});

const DATA = join(ROOT, '../shared/data/otrf-windows.ndjson.gz');
const CORPUS = join(ROOT, '../shared/corpora/detection-rules');

describe.skipIf(!existsSync(DATA) || !existsSync(CORPUS))('with the shared rules and events', () => {
  it('gives what one thread gives', { timeout: 180_000 }, () => {
    const { stdout } = expectSame([CORPUS, '--events', DATA, '-o', 'ndjson']);
    expect(stdout.split('\n').length).toBeGreaterThan(50);
  });
});
