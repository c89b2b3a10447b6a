import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { EqlProcess, type CommandResult } from './run-eql.js';
import { splitCommand } from './split-command.js';
import { useTestFolder } from './test-folder.js';

const folder = useTestFolder();
const eql = new EqlProcess();
afterAll(() => {
  eql.stop();
});

/** Each test has a folder of its own. */
let pack = '';
let count = 0;
beforeEach(() => {
  count += 1;
  pack = `pack-${String(count)}`;
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) folder.write(`${pack}/${name}`, text);
}

function run(line: string): Promise<CommandResult> {
  return eql.run(splitCommand(line), { cwd: folder.file(pack), env: { EQL_CONFIG: '' } });
}

const rule = (name: string, query = 'process where true', keys = ''): string =>
  `[rule]\nname = "${name}"\nquery = '''\n${query}\n'''\n${keys}`;

const event = (category: string, seconds: number, fields: object = {}): string =>
  `${JSON.stringify({ '@timestamp': `2026-01-01T00:00:0${String(seconds)}Z`, event: { category }, ...fields })}\n`;

/** The names of the rules that alert, in order. */
async function alerting(options = ''): Promise<readonly string[]> {
  const { code, stdout, stderr } = await run(`run . -e events.ndjson -o ndjson ${options}`);
  expect([code, stderr]).toEqual([0, stderr]);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { rule: { name: string } }).rule.name);
}

/** What `eql check` finds: place, code and help, in order. */
async function findings(): Promise<readonly string[]> {
  const { stdout } = await run('check . --output json');
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Finding[] };
  return diagnostics.map(
    ({ file, startLine, startColumn, code, help }) =>
      `${file}:${String(startLine)}:${String(startColumn)} ${code} ${help ?? ''}`,
  );
}

interface Finding {
  readonly file: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly code: string;
  readonly severity: string;
  readonly help?: string;
}

describe('pack.toml says what a pack is', () => {
  it('name, version, description, license, author, dialect', async () => {
    write({
      'pack.toml':
        'name = "Ours"\nversion = "1.4.0"\ndescription = "What we look for."\nlicense = "MIT"\nauthor = ["A", "B"]\ndialect = "endgame"\n',
      'a.toml': rule('a'),
    });
    const { stdout } = await run('pack info .');
    expect(stdout.split('\n').slice(0, 2)).toEqual(['Ours · 1.4.0 · MIT · endgame · pack.toml', 'What we look for.']);
    const { packs } = JSON.parse((await run('pack info . --output json')).stdout) as { packs: readonly object[] };
    expect(packs).toEqual([
      {
        file: 'pack.toml',
        name: 'Ours',
        version: '1.4.0',
        description: 'What we look for.',
        license: 'MIT',
        author: ['A', 'B'],
        dialect: 'endgame',
        rules: 1,
      },
    ]);
  });

  it('a name that is not given is that of the folder, and an author may be one text', async () => {
    write({ 'pack.toml': 'author = "Me"\n', 'a.toml': rule('a') });
    const { packs } = JSON.parse((await run('pack info . --output json')).stdout) as { packs: readonly object[] };
    expect(packs).toMatchObject([{ name: pack, author: ['Me'], version: null }]);
  });
});

describe('dialect', () => {
  const query =
    'sequence with maxspan=1m [process where true] as first [network where process.pid == first.process.pid]';

  it.each([
    ['dialect = "endpoint"\n', ['a']],
    ['', []],
  ])('reads the queries of the pack: %j', async (text, expected) => {
    write({
      'pack.toml': text,
      'a.toml': rule('a', query),
      'events.ndjson': event('process', 0, { process: { pid: 7 } }) + event('network', 1, { process: { pid: 7 } }),
    });
    const { code, stdout, stderr } = await run('run . -e events.ndjson -o ndjson');
    expect(stdout.match(/"name":"\w+"/gu) ?? []).toEqual(expected.map((name) => `"name":"${name}"`));
    expect([code, stderr.includes('error[')]).toEqual(expected.length > 0 ? [0, false] : [2, true]);
  });

  it('decides what == means', async () => {
    const files = {
      'a.toml': rule('a', 'process where process.name == "CMD*"'),
      'events.ndjson': event('process', 0, { process: { name: 'cmd.exe' } }),
    };
    write({ ...files, 'pack.toml': 'dialect = "endgame"\n' });
    expect(await alerting()).toEqual(['a']);
    write({ ...files, 'pack.toml': 'dialect = "elasticsearch"\n' });
    expect(await alerting()).toEqual([]);
  });
});

describe('disabled', () => {
  it('keeps rules from running: by id, by name, by a glob of paths', async () => {
    write({
      'pack.toml': 'disabled = ["id-a", "The B", "old/**"]\n',
      'a.toml': rule('a', undefined, 'id = "id-a"\n'),
      'b.toml': rule('The B'),
      'c.toml': rule('c'),
      'old/linux/d.toml': rule('d'),
      'events.ndjson': event('process', 0),
    });
    expect(await alerting()).toEqual(['c']);
    const { stderr } = await run('run . -e events.ndjson');
    expect(stderr).toContain('warning: 3 rules disabled in pack.toml');
    expect((await run('pack list .')).stdout.match(/\(disabled\)/gu)).toHaveLength(3);
    expect(await findings()).toEqual([]);
  });

  it('warns of entries that name no rule, with what may be meant', async () => {
    write({ 'pack.toml': 'disabled = [\n  "Sudden shel",\n]\n', 'a.toml': rule('Sudden shell') });
    expect(await findings()).toEqual(['pack.toml:2:3 EQL4102 Did you mean "Sudden shell"?']);
    expect((await run('run . -e a.toml')).stderr).toContain('pack.toml:2:3');
  });
});

describe('defaults', () => {
  it('severity, risk_score and tags show in alerts, unless the rule has its own, be it none', async () => {
    write({
      'pack.toml': '[defaults]\nseverity = "high"\nrisk_score = 73\ntags = ["Workstations"]\n',
      'a.toml': rule('a'),
      'b.toml': rule('b', undefined, 'severity = "low"\nrisk_score = 21\ntags = []\n'),
      'events.ndjson': event('process', 0),
    });
    const { stdout } = await run('run . -e events.ndjson -o json');
    const rules = (JSON.parse(stdout) as { rule: object }[]).map((alert) => alert.rule);
    expect(rules).toMatchObject([
      { name: 'a', severity: 'high', risk_score: 73, tags: ['Workstations'] },
      { name: 'b', severity: 'low', risk_score: 21, tags: [] },
    ]);
    expect((await run('pack list . --tag Workstations --severity high')).stderr).toContain('1 of 2 rules');
  });

  const laptop = { host: { name: 'laptop' } };
  const server = { host: { name: 'server' } };

  it.each<[string, string, string, string]>([
    [
      'index decides which events a rule sees',
      'index = ["logs-endpoint.events.*"]',
      event('process', 0, { data_stream: { type: 'logs', dataset: 'system.auth', namespace: 'default' } }),
      event('process', 0, { data_stream: { type: 'logs', dataset: 'endpoint.events.process', namespace: 'x' } }),
    ],
    [
      'filters leave events out',
      'filters = [{ query = { match_phrase = { "host.name" = "laptop" } } }]',
      event('process', 0, server),
      event('process', 0, laptop),
    ],
    [
      'exceptions_list names exceptions',
      'exceptions_list = [{ list_id = "known", items = [{ name = "s", entries = [{ field = "host.name", type = "match", operator = "included", value = "server" }] }] }]',
      event('process', 0, server),
      event('process', 0, laptop),
    ],
    [
      'event_category_override names the field of the category',
      'event_category_override = "kind_of"',
      event('process', 0, { kind_of: 'file' }),
      event('file', 0, { kind_of: 'process' }),
    ],
  ])('%s', async (_about, key, unseen, seen) => {
    write({ 'pack.toml': `[defaults]\n${key}\n`, 'a.toml': rule('a'), 'events.ndjson': unseen });
    expect(await alerting()).toEqual([]);
    write({ 'events.ndjson': seen });
    expect(await alerting()).toEqual(['a']);
    // Without the default the rule sees both, or none where the category stands elsewhere.
    write({ 'pack.toml': '', 'events.ndjson': unseen });
    expect(await alerting()).toEqual(['a']);
  });

  it('from says how far back a run looks with --look-back', async () => {
    write({
      'pack.toml': '[defaults]\nfrom = "now-1h"\n',
      'a.toml': rule('a'),
      'b.toml': rule('b', undefined, 'from = "now-5m"\n'),
      'events.ndjson': event('process', 0),
    });
    expect(await alerting('--look-back --now 2026-01-01T00:30:00Z')).toEqual(['a']);
    expect(await alerting('--look-back --now 2026-01-01T00:02:00Z')).toEqual(['a', 'b']);
    expect(await alerting('--look-back --now 2026-01-01T02:00:00Z')).toEqual([]);
  });
});

describe('lint', () => {
  it('schemas declares the fields of the pack', async () => {
    const fields = { 'process.frobnicated': { type: 'keyword' } };
    write({
      'a.toml': rule('a', 'process where process.frobnicated == "x"'),
      'own/fields.json': JSON.stringify({ format: 'eqlkit-schema', version: 1, fields }),
      'pack.toml': '[lint]\nschemas = ["own/fields.json"]\n',
    });
    expect(await findings()).toEqual([]);
    write({ 'pack.toml': '' });
    expect((await findings()).map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual(['a.toml:4:15 EQL5101']);
  });

  it.each([
    ['"off"', [], 0],
    ['"info"', ['info'], 0],
    ['"warning"', ['warning'], 0],
    ['"error"', ['error'], 2],
  ])('levels.EQL5002 = %s', async (level, severities, code) => {
    write({
      'a.toml': rule('a', 'process where process.name == "cmd*"'),
      'pack.toml': `[lint.levels]\nEQL5002 = ${level}\n`,
    });
    const result = await run('check . --output json');
    const { diagnostics } = JSON.parse(result.stdout) as { diagnostics: readonly Finding[] };
    expect([diagnostics.map(({ severity }) => severity), result.code]).toEqual([severities, code]);
    // What the critic thinks keeps no rule from running.
    write({ 'events.ndjson': event('process', 0, { process: { name: 'cmd*' } }) });
    expect(await alerting()).toEqual(['a']);
  });

  it('levels hold for the advice about pack.toml itself, and for that of loading', async () => {
    write({
      'pack.toml': 'disabled = ["gone"]\n[lint.levels]\nEQL4102 = "off"\nEQL4005 = "error"\n',
      'a.toml': rule('a', undefined, 'id = "same"\n'),
      'b.toml': rule('b', undefined, 'id = "same"\n'),
    });
    const { code, stdout } = await run('check .');
    expect(code).toBe(2);
    expect(stdout.match(/^\w+\[EQL\d+\]/gmu)).toEqual(['error[EQL4005]']);
  });

  it('disabled checks stand in comments, too: in one line, in several, before a stage', async () => {
    const line = 'query = \'process where process.name == "cmd*"\'';
    write({
      'one-line.toml': `[rule]\nname = "one"\n# eql-disable-next-line EQL5002 -- so it is called\n${line}\n`,
      'too-early.toml': `[rule]\n# eql-disable-next-line EQL5002\nname = "early"\n${line}\n`,
      'lines.toml': rule('lines', 'process where\n  // eql-disable-next-line EQL5002\n  a == "x*" and\n  b == "y*"'),
      'around.toml': rule('around', 'process where a == "x*"').replace(
        'query =',
        '# eql-disable-next-line EQL5002\nquery =',
      ),
      'same-line.toml': rule('same', 'process where a == "x*" // eql-disable-next-line EQL5002'),
      'stage.toml': rule(
        'stage',
        'sequence by host.id with maxspan=1m\n  // eql-disable-next-line EQL5002\n  [process where a == "x*"]\n  [process where b == "y*"]',
      ),
      'sequence.toml': rule(
        'sequence',
        '// eql-disable-next-line EQL5009, EQL5010\nsequence\n  [process where true]\n  [network where true]',
      ),
      'unknown.toml': rule('unknown', 'process where\n  // eql-disable-next-line EQL5oo2\n  a == "x*"'),
      'error.toml': rule('error', 'process where\n  // eql-disable-next-line EQL2001\n  length(a) == 1'),
      'nothing.toml': rule('nothing', 'process where\n  // eql-disable-next-line EQL5002\n  a == "x"'),
    });
    const useless = 'Remove the code, or move the comment to the line before the one that it is about.';
    const wildcard = 'Use "like" for a pattern that respects case, ":" for one that does not.';
    expect(await findings()).toEqual([
      `around.toml:3:25 EQL5302 ${useless}`,
      `around.toml:5:20 EQL5002 ${wildcard}`,
      'error.toml:5:28 EQL5301 Only warnings and advice can be disabled.',
      `lines.toml:7:8 EQL5002 ${wildcard}`,
      `nothing.toml:5:28 EQL5302 ${useless}`,
      `same-line.toml:4:20 EQL5002 ${wildcard}`,
      `same-line.toml:4:50 EQL5302 ${useless}`,
      `stage.toml:7:23 EQL5002 ${wildcard}`,
      `too-early.toml:2:25 EQL5302 ${useless}`,
      `too-early.toml:4:40 EQL5002 ${wildcard}`,
      'unknown.toml:5:28 EQL5301 Did you mean "EQL5002"?',
      `unknown.toml:6:8 EQL5002 ${wildcard}`,
    ]);
  });
});

describe('what is wrong with a pack.toml is said at its place', () => {
  it.each([
    ['nam = "x"', '1:1 EQL4101 Did you mean "name"?'],
    ['verison = "1"', '1:1 EQL4101 Did you mean "version"?'],
    ['descripton = "x"', '1:1 EQL4101 Did you mean "description"?'],
    ['licence = "MIT"', '1:1 EQL4101 Did you mean "license"?'],
    ['authors = "x"', '1:1 EQL4101 Did you mean "author"?'],
    ['dialekt = "endpoint"', '1:1 EQL4101 Did you mean "dialect"?'],
    ['disable = ["x"]', '1:1 EQL4101 Did you mean "disabled"?'],
    ['[default]\nseverity = "low"', '1:2 EQL4101 Did you mean "defaults"?'],
    ['[lints]\nlevels = {}', '1:2 EQL4101 Did you mean "lint"?'],
    ['[defaults]\nindeks = []', '2:1 EQL4101 Did you mean "index"?'],
    ['[defaults]\nname = "x"', '2:1 EQL4101 Give it in each rule file.'],
    ['[lint]\nlevel = {}', '2:1 EQL4101 Did you mean "levels"?'],
    ['[lint]\nschema = []', '2:1 EQL4101 Did you mean "schemas"?'],
    ['[lint.levels]\nEQL502 = "off"', '2:1 EQL4101 Did you mean "EQL5002"?'],
    ['[lint.levels]\nEQL1010 = "off"', '2:1 EQL4101 Levels are for warnings and advice.'],
    ['name = 1', '1:8 EQL4004 Write name = "…".'],
    ['version = 1.4', '1:11 EQL4004 Write version = "…".'],
    ['description = ["x"]', '1:15 EQL4004 Write description = "…".'],
    ['license = true', '1:11 EQL4004 Write license = "…".'],
    ['author = 1', '1:10 EQL4004 Write author = ["…", "…"].'],
    ['dialect = "endpiont"', '1:11 EQL4004 Did you mean "endpoint"?'],
    ['disabled = "x"', '1:12 EQL4004 Write disabled = ["…", "…"].'],
    ['disabled = [\n  1]', '2:3 EQL4004 Write disabled = ["…", "…"].'],
    ['defaults = "x"', '1:12 EQL4004 Write it as a table: [defaults].'],
    ['[defaults]\nseverity = "hgih"', '2:12 EQL4004 Did you mean "high"?'],
    ['[defaults]\nrisk_score = "21"', '2:14 EQL4004 Write risk_score = 1, without quotes.'],
    ['[defaults]\ntags = "x"', '2:8 EQL4004 Write tags = ["…", "…"].'],
    ['lint = 1', '1:8 EQL4004 Write it as a table: [lint].'],
    ['[lint]\nlevels = "off"', '2:10 EQL4004 Write a table: [lint.levels] with lines such as EQL5013 = "off".'],
    ['[lint.levels]\nEQL5002 = "of"', '2:11 EQL4004 Did you mean "off"?'],
    [
      '[lint]\nschemas = ["../x.json"]',
      '2:12 EQL4004 Write schemas = ["fields.json"], with paths below the folder of the pack.',
    ],
    ['[lint]\nschemas = ["gone.json"]', '2:12 EQL4001 '],
    ['name = "x', '1:8 EQL4002 '],
  ])('%j', async (text, expected) => {
    write({ 'pack.toml': `${text}\n`, 'a.toml': rule('a') });
    const [found = '', ...others] = await findings();
    expect(others).toEqual([]);
    expect(found.slice(0, `pack.toml:${expected}`.length)).toBe(`pack.toml:${expected}`);
    expect((await run('check .')).stderr).toContain('1 rule checked');
  });
});
