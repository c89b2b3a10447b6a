import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { EqlProcess, runEql } from './run-eql.js';
import { useTestFolder } from './test-folder.js';

const folder = useTestFolder({ fresh: 'each' });
beforeEach(() => {
  folder.write('events.ndjson', '{"@timestamp":0,"event":{"category":"c"},"n":1}\n');
});

interface Setting {
  readonly command: string;
  readonly option: string;
  readonly value: unknown;
  readonly source: string;
  readonly variable: string;
}

function show(words: readonly string[], env: Record<string, string> = {}, cwd = folder.path): readonly Setting[] {
  const { code, stdout, stderr } = runEql(['config', 'show', ...words, '-o', 'json'], { cwd, env });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return JSON.parse(stdout) as readonly Setting[];
}

function settingOf(settings: readonly Setting[], option: string): Setting | undefined {
  return settings.find((setting) => setting.option === option);
}

describe('the configuration', () => {
  it('takes fields as a list, which is how config show prints them, or as one text; a repeated --fields adds to the others', () => {
    const header = (args: readonly string[] = []): string | undefined =>
      runEql(['query', 'any where true', 'events.ndjson', '-o', 'csv', ...args], { cwd: folder.path }).stdout.split(
        '\n',
      )[0];
    for (const setting of ['["@timestamp", "process.name"]', '"@timestamp,process.name"']) {
      folder.write('eql.toml', `[query]\nfields = ${setting}\n`);
      expect(header()).toMatch(/@timestamp,process\.name$/u);
      expect(header(['--fields', 'user.id'])).toMatch(/(?<!process\.name,)user\.id$/u);
    }
    expect(header(['--fields', 'user.id', '--fields', 'process.name'])).toMatch(/user\.id,process\.name$/u);
  });

  it.each(['size = [1, 2]', 'output = ["csv", "json"]'])(
    'gives no list to an option that takes one value: %s',
    (setting) => {
      folder.write('eql.toml', `[query]\n${setting}\n`);
      const { code, stderr } = runEql(['query', 'any where true', 'events.ndjson'], { cwd: folder.path });
      expect(code).toBe(3);
      expect(stderr).toMatch(/query\.\w+.*It is (?:one|a) text or/u);
    },
  );

  it('of somebody else keeps its control characters from the terminal', () => {
    folder.write('eql.toml', '"\\u001b[31m" = 1\n[query]\n"\\u202e" = 1\n');
    const { code, stderr } = runEql(['query', 'any where true', 'events.ndjson'], { cwd: folder.path });
    expect(code).toBe(3);
    expect(stderr).toContain('there is no setting ?[31m.');
    expect(stderr).not.toMatch(/[^\P{C}\n]/u);
  });

  it.skipIf(process.platform === 'win32')('is no pipe and no device, neither of which need have an end', () => {
    execFileSync('/usr/bin/env', ['mkfifo', folder.file('eql.toml')]);
    const query = ['query', 'any where true', 'events.ndjson'];
    const { code, stderr } = runEql(query, { cwd: folder.path });
    expect(code).toBe(3);
    expect(stderr).toMatch(/eql\.toml is no regular file\n$/u);
    expect(runEql(['--help'], { cwd: folder.path }).code).toBe(0);
    const endless = runEql(query, { cwd: folder.path, env: { EQL_CONFIG: '/dev/zero' } });
    expect(endless.stderr).toContain('/dev/zero (EQL_CONFIG) is longer than');
  });

  it('is found upwards, and its tables give the options of a command their defaults', () => {
    const file = folder.file('eql.toml');
    writeFileSync(
      file,
      'tiebreaker-field = "event.sequence"\n[query]\nsize = 3\nmapping = ["a.json"]\nstrict = true\n',
    );
    const inner = join(folder.path, 'a', 'b');
    mkdirSync(inner, { recursive: true });
    const settings = show(['query'], {}, inner);
    expect(settingOf(settings, 'size')).toMatchObject({ value: 3, source: file, variable: 'EQL_QUERY_SIZE' });
    expect(settingOf(settings, 'mapping')).toMatchObject({ value: ['a.json'], source: file });
    expect(settingOf(settings, 'strict')).toMatchObject({ value: true, source: file });
    expect(settingOf(settings, 'tiebreaker-field')).toMatchObject({ value: 'event.sequence', source: file });
    expect(settingOf(settings, 'dialect')).toMatchObject({ value: 'elasticsearch', source: 'default' });
    const run = show(['run'], {}, inner);
    expect(settingOf(run, 'tiebreaker-field')).toMatchObject({ value: 'event.sequence' });
  });

  it('gives way to the environment, and both to the command line', () => {
    folder.write('eql.toml', '[query]\noutput = "ndjson"\n');
    const env = { EQL_QUERY_OUTPUT: 'elasticsearch' };
    expect(settingOf(show(['query'], env), 'output')).toMatchObject({
      value: 'elasticsearch',
      source: 'EQL_QUERY_OUTPUT',
    });
    const fromEnv = runEql(['query', 'c where true', 'events.ndjson'], { cwd: folder.path, env });
    expect(JSON.parse(fromEnv.stdout)).toHaveProperty('hits');
    const fromLine = runEql(['query', 'c where true', 'events.ndjson', '-o', 'ndjson'], { cwd: folder.path, env });
    expect(JSON.parse(fromLine.stdout)).toMatchObject({ n: 1 });
  });

  it('is another file with EQL_CONFIG, and none if that is empty', () => {
    folder.write('eql.toml', '[query]\nsize = 3\n');
    folder.write('other.toml', '[query]\nsize = 7\n');
    expect(settingOf(show(['query'], { EQL_CONFIG: 'other.toml' }), 'size')?.value).toBe(7);
    expect(settingOf(show(['query'], { EQL_CONFIG: '' }), 'size')?.value).toBe(10);
  });

  it.each([
    ['[query]\nsiez = 3\n', 'there is no setting query.siez. Did you mean "query.size"?'],
    ['[query]\nsize = "many"\n', 'eql.toml: query.size: "many" is invalid. It is a whole number, such as 10.'],
    ['[query]\nstrict = "yes"\n', 'query.strict: "yes" is invalid. It is true or false.'],
    ['[query]\nsize = 2024-01-01\n', 'query.size: '],
    ['[query]\noutput = [1, 2]\n', 'query.output: [1,2] is invalid. Allowed choices are table'],
    ['[query\n', 'error[EQL4002]: The file is not valid TOML: this table header is never closed.\n --> '],
    ['[query]\nsize = { a = 1 }\n', 'there is no setting query.size.a'],
  ])('that is wrong (%j) stops a command, but not the help', (text, message) => {
    folder.write('eql.toml', text);
    const { code, stderr } = runEql(['query', 'c where true', 'events.ndjson'], { cwd: folder.path });
    expect(code).toBe(3);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('error: error');
    expect(runEql(['query', '--help'], { cwd: folder.path }).code).toBe(0);
  });

  it('is wrong in an environment variable of nearly the right name, while others are let be', () => {
    const { code, stderr } = runEql(['config', 'show', 'query'], { env: { EQL_CONFIG: '', EQL_QUERY_LIMT: '1' } });
    expect(code).toBe(3);
    expect(stderr).toBe('error: EQL_QUERY_LIMT: there is no such setting. Did you mean "EQL_QUERY_LIMIT"?\n');
    const env = { EQL_CONFIG: '', EQL_HISTORY: '/nowhere', EQL_SOMETHING_ELSE: '1' };
    expect(runEql(['config', 'show', 'query'], { env }).code).toBe(0);
  });

  it.each([
    ['EQL_QUERY_LIMIT', 'abc', '"abc" is invalid. It is a whole number, such as 10.'],
    ['EQL_QUERY_COUNT', 'maybe', '"maybe" is invalid. It is true or false.'],
    ['EQL_QUERY_OUTPUT', 'tabel\u001b', '"tabel\\u001b" is invalid. Allowed choices are table, json'],
  ])('repeats a wrong value of the environment variable %s', (name, value, message) => {
    const { code, stderr } = runEql(['config', 'show', 'query'], { env: { EQL_CONFIG: '', [name]: value } });
    expect(code).toBe(3);
    expect(stderr).toContain(`error: environment variable ${name}: ${message}`);
    expect(stderr).not.toContain('\u001b');
  });

  it('says which file EQL_CONFIG names if that cannot be read', () => {
    folder.write('other.toml', '');
    const read = (name: string) => runEql(['config', 'show', 'query'], { cwd: folder.path, env: { EQL_CONFIG: name } });
    expect(read('othr.toml')).toMatchObject({
      code: 3,
      stderr:
        'error: the configuration file othr.toml (EQL_CONFIG) cannot be read: no such file. Did you mean "other.toml"?\n',
    });
    expect(read('.').stderr).toBe('error: the configuration file . (EQL_CONFIG) cannot be read: it is a folder\n');
  });

  it.each([20, 40, 80])('fits into %i columns', (columns) => {
    const { stdout } = runEql(['config', 'show', 'query'], { env: { EQL_CONFIG: '', COLUMNS: String(columns) } });
    expect(stdout).toContain('elasticsearch');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  });

  it('shows a table, and says if there is no such command', () => {
    expect(runEql(['config', 'show', 'run'], { cwd: folder.path }).stdout).toContain('--fail-on-alert');
    const { code, stderr } = runEql(['config', 'show', 'nothing'], { cwd: folder.path });
    expect(code).toBe(3);
    expect(stderr).toContain('there is no command nothing');
  });
});

describe('eql completion', () => {
  const eql = new EqlProcess();
  afterAll(() => {
    eql.stop();
  });

  it.each(['bash', 'zsh', 'fish', 'powershell'])('prints a script for %s', (shell) => {
    const { code, stdout } = runEql(['completion', shell]);
    expect(code).toBe(0);
    expect(stdout).toContain('eql');
    expect(stdout.split('\n').length).toBeGreaterThan(20);
  });

  it.skipIf(process.platform === 'win32')('prints a script that bash may read twice', () => {
    const { stdout } = runEql(['completion', 'bash']);
    const bash = spawnSync('bash', ['--norc'], {
      input: `${stdout}\n${stdout}\ndeclare -F __eql_complete`,
      encoding: 'utf8',
    });
    expect(bash.stderr).toBe('');
    expect(bash.stdout).toBe('__eql_complete\n');
  });

  it.each<[typed: string, words: readonly string[], files: boolean]>([
    ['ru', ['run'], false],
    ['nothing', [], false],
    [
      '',
      ['run', 'check', 'fmt', 'new', 'pack', 'query', 'schema', 'explain', 'repl', 'config', 'completion', 'help'],
      false,
    ],
    ['--ver', ['--verbose', '--version'], false],
    ['run --fail', ['--fail-on-alert'], false],
    ['run --ver', ['--verbose'], false],
    ['run --output ', ['table', 'json', 'ndjson'], false],
    ['run -o j', ['json'], false],
    ['run --output=n', ['ndjson'], false],
    ['run --strict=', [], false],
    ['run --events a b ', [], true],
    ['run --events a --fai', ['--fail-on-alert'], false],
    ['run -- --fai', [], true],
    ['run --nonsense rule', [], true],
    ['query ', [], false],
    ['query x ', [], true],
    ['query --size 3 ', [], false],
    ['query x y --map sysmon-', ['sysmon-evtx', 'sysmon-nxlog', 'sysmon-winlogbeat6'], true],
    ['query x y --map nothing', [], true],
    ['query x y --from ', [], false],
    ['query x y --dialect end', ['endpoint', 'endgame'], false],
    ['query x y --format b', ['bulk'], false],
    ['schema learn x --to ', [], true],
    ['pack list --severity ', ['low', 'medium', 'high', 'critical'], false],
    ['pack show ', [], true],
    ['pack li', ['list'], false],
    ['help pa', ['pack'], false],
    ['help pack l', ['list'], false],
    ['help nothing ', [], false],
    ['pack help l', ['list'], false],
    ['config show s', ['schema'], false],
    ['config show schema ', ['learn'], false],
    ['config show h', [], false],
    ['completion ', ['bash', 'zsh', 'fish', 'powershell'], false],
  ])('offers for %j %j, files: %s', async (typed, words, files) => {
    const { code, stdout } = await eql.run(['complete', 'bash', '--', `eql ${typed}`], {
      env: { EQL_CONFIG: 'nowhere.toml' },
    });
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.slice(0, -1).map((line) => line.split('\t')[0])).toEqual(words);
    expect(lines.at(-1)).toBe(files ? ':0' : ':4');
    const apart = await eql.run(['complete', 'zsh', '--', ...typed.split(' ')]);
    expect(apart.stdout).toBe(stdout);
  });

  it('describes what it offers', async () => {
    const { stdout } = await eql.run(['complete', 'fish', '--', 'new', '--tactic', 'pers']);
    expect(stdout).toBe('persistence\tTA0003 Persistence\n:4\n');
    expect((await eql.run(['complete', 'fish', '--', 'ru'])).stdout).toMatch(/^run\trun detection rules/u);
  });
});
