import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EqlProcess, type CommandResult } from './run-eql.js';
import { useTestFolder } from './test-folder.js';

const folder = useTestFolder();
beforeAll(() => {
  folder.write(
    'events.ndjson',
    '{"@timestamp":0,"event":{"category":"process"},"process":{"name":"sh"}}\nnot json\n{"@timestamp":1,"event":{"category":"file"}}\n',
  );
  const rule = (name: string, body: string): string =>
    `[metadata]\n[rule]\nname = "${name}"\nrule_id = "${name}"\nrisk_score = 1\nseverity = "low"\ndescription = "d"\n${body}\n`;
  folder.write(
    'rules/sh.toml',
    rule('shell', 'type = "eql"\nlanguage = "eql"\nquery = "process where process.name : \\"sh\\""'),
  );
  folder.write('rules/other.toml', rule('other', 'type = "query"\nlanguage = "kuery"\nquery = "a: b"'));
  folder.write('rules/off.toml', rule('off', 'type = "eql"\nlanguage = "eql"\nquery = "file where true"'));
  folder.write('rules/pack.toml', 'name = "small"\ndisabled = ["off"]\n');
  folder.write('broken/rule.toml', '[rule]\nname = "broken"\n');
  folder.write('ugly.eql', 'process   where true');
});

const process = new EqlProcess();
afterAll(() => {
  process.stop();
});

function eql(args: readonly string[], env: Record<string, string> = {}): Promise<CommandResult> {
  return process.run(args, { cwd: folder.path, env });
}

/** A command that works, with a note that it makes without --quiet. */
const COMMANDS: readonly (readonly [args: readonly string[], note: string])[] = [
  [['run', 'rules', '-e', 'events.ndjson'], '1 alert'],
  [['query', 'process where true', 'events.ndjson'], '1 result'],
  [['check', 'rules'], '3 rules checked'],
  [['fmt', 'rules', '--check'], '3 rules'],
  [['explain', 'process where true', 'events.ndjson'], 'is not JSON'],
  [['schema', 'learn', 'events.ndjson'], 'of 2 events'],
  [['pack', 'list', 'rules'], '3 rules'],
  [['pack', 'info', 'rules', '--navigator', 'layer.json'], 'wrote a layer'],
  [['repl', 'events.ndjson', '-c', '.help'], '2 events loaded'],
];

describe('--quiet', () => {
  it.each(COMMANDS)('silences notes and not the output: %j', async (args, note) => {
    const loud = await eql(args);
    const quiet = await eql([...args, '--quiet']);
    expect(loud.stderr).toContain(note);
    expect(quiet.stderr).toBe('');
    expect(quiet.stdout).toBe(loud.stdout);
    expect(quiet.code).toBe(loud.code);
  });

  it('keeps errors', async () => {
    const unreadable = await eql(['-q', 'query', 'process where true', 'nowhere.ndjson']);
    expect(unreadable.code).toBe(3);
    expect(unreadable.stderr).toMatch(/^error: .*nowhere\.ndjson/u);
    const broken = await eql(['run', '-q', 'broken', 'rules', '-e', 'events.ndjson']);
    expect(broken.code).toBe(2);
    expect(broken.stderr).toContain('error[EQL');
    expect(broken.stderr).not.toContain('warning');
    const empty = folder.write('empty.ndjson', 'nothing here\n');
    expect((await eql(['query', 'any where true', empty, '-q'])).stderr).toMatch(/^error\[unreadable-source\]/u);
  });

  it('silences what the REPL says beside its results', async () => {
    const inputs = 'process where true';
    expect((await eql(['repl', 'events.ndjson', '-c', inputs])).stdout).toContain('1 result · 2 events examined');
    const { stdout } = await eql(['repl', 'events.ndjson', '-q', '-c', inputs]);
    expect(stdout).toContain('sh');
    expect(stdout).not.toContain('examined');
  });
});

describe('--verbose', () => {
  it('tells of rules why they were loaded or left out, of events what they are, and the time of each step', async () => {
    const { stderr } = await eql(['run', '-v', 'rules', 'broken', '-e', 'events.ndjson', '--map', 'python-eql']);
    expect(stderr).toContain('verbose: no configuration file');
    expect(stderr).toContain('verbose: pack rules/pack.toml: small');
    expect(stderr).toContain('verbose: rule rules/sh.toml: loaded as "shell"');
    expect(stderr).toContain('verbose: rule rules/other.toml: left out, query (kuery) and not EQL');
    expect(stderr).toContain('verbose: rule rules/off.toml: left out, disabled in pack.toml');
    expect(stderr).toContain('verbose: rule broken/rule.toml: left out, it has errors');
    expect(stderr).toContain('verbose: mapping python-eql');
    expect(stderr.match(/verbose: events events\.ndjson: ndjson, \d+ bytes/gu)).toHaveLength(1);
    for (const step of ['loading rules', 'compiling the rules', 'running the rules over the events']) {
      expect(stderr).toMatch(new RegExp(`verbose: ${step} took \\d+\\.\\d{3} s`, 'u'));
    }
  });

  it('names the format that was recognised or declared', async () => {
    folder.write('table.csv', '@timestamp,n\n2020-01-01,1\n');
    const recognised = await eql(['query', 'any where true', 'table.csv', '-v']);
    expect(recognised.stderr).toContain('verbose: events table.csv: csv, 26 bytes');
    const declared = await eql(['schema', 'learn', 'table.csv', '--format', 'csv', '-v']);
    expect(declared.stderr).toContain('verbose: events table.csv: csv as --format says');
  });

  it.each([
    [['query', 'process where true', 'events.ndjson'], 'answering the query'],
    [['check', 'rules'], 'checking the rules'],
    [['fmt', 'rules', '--check'], 'loading rules'],
    [['explain', 'process where true', 'events.ndjson'], 'reading and explaining'],
    [['schema', 'learn', 'events.ndjson'], 'learning the schema'],
    [['pack', 'info', 'rules'], 'loading rules'],
    [['repl', 'events.ndjson', '-c', '.help'], 'loading events'],
  ])('tells how long %j took', async (args, step) => {
    expect((await eql([...args, '-v'])).stderr).toContain(`verbose: ${step} took`);
    expect((await eql(args)).stderr).not.toContain('verbose:');
  });

  it('excludes --quiet on one command line', async () => {
    const { code, stderr } = await eql(['check', 'rules', '-q', '-v']);
    expect(code).toBe(3);
    expect(stderr).toContain("option '-v, --verbose' cannot be used with option '-q, --quiet'");
  });
});

describe('defaults', () => {
  it('come from the environment and the configuration, and give way to the command line', async () => {
    const args = ['check', 'rules'];
    expect((await eql(args, { EQL_QUIET: '1' })).stderr).toBe('');
    expect((await eql(args, { EQL_VERBOSE: 'true' })).stderr).toContain('verbose:');
    const config = folder.write('quiet.toml', 'quiet = true\n');
    const env = { EQL_CONFIG: config };
    expect((await eql(args, env)).stderr).toBe('');
    expect((await eql([...args, '--verbose'], env)).stderr).toContain(`verbose: configuration ${config}`);
    const shown = JSON.parse((await eql(['config', 'show', '-o', 'json'], env)).stdout) as {
      option: string;
      source: string;
    }[];
    expect(shown.find(({ option }) => option === 'quiet')).toEqual({
      command: '',
      option: 'quiet',
      value: true,
      source: config,
      variable: 'EQL_QUIET',
    });
  });

  it('of an option give way to one that conflicts with it, and are replaced by what is gathered', async () => {
    folder.write('b.json', '{"properties":{"b":{"type":"keyword"}}}');
    const env = { EQL_CONFIG: folder.write('query.toml', '[query]\nlimit = 1\nmapping = ["nowhere.json"]\n') };
    const two = await eql(
      ['query', 'any where true', 'events.ndjson', '--size', '2', '--mapping', 'b.json', '-q', '-o', 'ndjson'],
      env,
    );
    expect(two.stderr).toBe('');
    expect(two.stdout.trim().split('\n')).toHaveLength(2);
    expect((await eql(['query', 'any where true', 'events.ndjson'], env)).stderr).toContain('nowhere.json');
  });
});
