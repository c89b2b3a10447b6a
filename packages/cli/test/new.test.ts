import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRuleToml, parseToml, RuleEngine } from '@eqlkit/rules';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runEql } from './run-eql.js';
import { KEYS, Terminal } from './terminal.js';

const QUERY = 'process where process.parent.name == "nginx" and process.name : ("sh*", "bash")';
const ANSWERS = {
  '--name': 'Shell of a web server',
  '--description': 'A web server starts a shell.',
  '--tactic': 'execution',
  '--severity': 'high',
  '--query': QUERY,
} as const;
const FILE = 'execution_shell_of_a_web_server.toml';
const TEST_FILE = 'execution_shell_of_a_web_server.test.toml';

let folder = '';
const terminals: Terminal[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eql-new-'));
});
afterEach(() => {
  for (const terminal of terminals.splice(0)) terminal.stop();
  rmSync(folder, { recursive: true });
});

function eql(args: readonly string[]): ReturnType<typeof runEql> {
  return runEql(args, { cwd: folder, input: '' });
}

function create(changes: Readonly<Record<string, string>> = {}, more: readonly string[] = []) {
  return eql(['new', ...Object.entries({ ...ANSWERS, ...changes }).flat(), ...more]);
}

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** For each test of a file, how many alerts it announces and how many its events bring. */
function runTests(ruleFile: string, testFile: string): { name: unknown; alerts: unknown; found: number }[] {
  const { rule } = parseRuleToml(read(ruleFile), ruleFile);
  if (rule === null) throw new Error('the rule does not read');
  const tests = parseToml(read(testFile)).table?.['test'];
  if (!Array.isArray(tests)) throw new Error('there are no tests');
  return (tests as { name: string; alerts: number; events: string }[]).map(({ name, alerts, events }) => {
    const engine = new RuleEngine([rule]);
    const lines = events.trim().split('\n');
    const found = lines.flatMap((line) => engine.process(JSON.parse(line) as Record<string, never>));
    return { name, alerts, found: found.length + engine.finish().length };
  });
}

describe('eql new with options', () => {
  it('writes a rule that passes eql check without a finding, and names both files', () => {
    const { code, stdout, stderr } = create({}, ['--index', 'logs-*', '--author', 'Ann', '--technique', 't1059.004']);
    expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: `${FILE}\n${TEST_FILE}\n` });
    expect(eql(['check', '.'])).toEqual({
      code: 0,
      stdout: '',
      stderr: '1 rule checked · 0 errors · 0 warnings · 0 infos\n',
    });
    expect(eql(['fmt', '--check', '.']).code).toBe(0);
    const { rule } = parseRuleToml(read(FILE), FILE);
    expect(rule).toMatchObject({
      name: ANSWERS['--name'],
      description: ANSWERS['--description'],
      severity: 'high',
      riskScore: 73,
      index: ['logs-*'],
      author: ['Ann'],
    });
    expect(rule?.threat[0]).toMatchObject({
      tactic: { id: 'TA0002', name: 'Execution' },
      techniques: [{ id: 'T1059', subtechniques: [{ id: 'T1059.004' }] }],
    });
  });

  it.each([
    [QUERY, [1, 0]],
    ['sequence by host.id with maxspan=1m [process where true] with runs=2 [network where true]', [1, 0]],
    ['sequence by host.id with maxspan=1m [process where process.pid > 4] ![file where file.size < 9]', [1, 0, 0]],
    ['sample by host.id [process where true] [file where file.name like "a?c*"]', [1, 0]],
    ['network where cidrMatch(source.ip, "10.0.0.0/8") and source.port in (22, 23) and not user.id == "0"', [1, 0]],
    // Nothing can be taken away from what asks for nothing.
    ['any where true', [1]],
  ])('writes tests that hold for %s', (query, alerts) => {
    expect(create({ '--query': query }).code).toBe(0);
    const tests = runTests(FILE, TEST_FILE);
    expect(tests.map(({ found }) => found)).toEqual(alerts);
    expect(tests.map((test) => test.alerts)).toEqual(alerts);
  });

  it('says so when the events that it draws do not fire the rule', () => {
    const { code, stderr } = create({ '--query': 'process where process.name regex "a+b"' });
    expect(code).toBe(0);
    expect(stderr).toContain(`the events drawn from the query do not fire the rule: complete them in ${TEST_FILE}`);
    expect(read(TEST_FILE)).toContain('do not fire the rule yet: complete them');
  });

  it('names the options that are missing where nobody can be asked', () => {
    const { code, stderr } = eql(['new', '--name', 'A', '--severity', 'low']);
    expect(code).toBe(3);
    expect(stderr).toBe('error: without a terminal to ask on, --description, --tactic, --query must be given\n');
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [{ '--tactic': 'persistance' }, 'Did you mean "persistence"?'],
    [{ '--severity': 'bad' }, 'Allowed choices are low, medium, high, critical'],
    [{ '--risk-score': '101' }, 'It is from 0 to 100.'],
    [{ '--technique': 'cron' }, 'It is an id, such as T1547 or T1547.013.'],
    [{ '--name': ' ' }, '--name is empty'],
    [{ '--to': 'rule.yml' }, '--to wants a file that ends in .toml'],
    [{ '--to': 'rule.test.toml' }, '--to wants a file that ends in .toml'],
    [{ '--to': 'rules/pack.toml' }, 'which is no file of a rule'],
    [{ '--to': 'eql.toml' }, 'which is no file of a rule'],
    [{ '--name': 'two\nlines' }, '--name is one line'],
    [{ '--index': '' }, '--index is empty'],
    [{ '--author': ' ' }, '--author is empty'],
  ])('refuses %o', (changes, message) => {
    const { code, stderr } = create(changes);
    expect(code).toBe(3);
    expect(stderr).toContain(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('draws what is wrong with the query, and writes nothing', () => {
    const { code, stderr } = create({ '--query': 'process where process.name = "sh"' });
    expect(code).toBe(2);
    expect(stderr).toContain('error[EQL1010]');
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['a.toml', 'a.test.toml'])('does not write over %s without --force', (name) => {
    writeFileSync(join(folder, name), 'mine');
    const { code, stderr } = create({ '--to': 'a.toml' });
    expect(code).toBe(3);
    expect(stderr).toContain(`${name} is there already`);
    expect(readdirSync(folder)).toEqual([name]);
    expect(read(name)).toBe('mine');
    expect(create({ '--to': 'a.toml' }, ['--force']).code).toBe(0);
    expect(read(name)).not.toBe('mine');
  });

  it('makes the folders of --to', () => {
    expect(create({ '--to': 'rules/linux/execution_a.toml' }).code).toBe(0);
    expect(existsSync(join(folder, 'rules/linux/execution_a.test.toml'))).toBe(true);
  });

  it('takes any text for names and descriptions', () => {
    const name = `'''"quoted"''' \\ [rule]`;
    expect(create({ '--name': name, '--description': 'Two\nlines\u0007' }).code).toBe(0);
    const [file = ''] = readdirSync(folder).filter((one) => !one.endsWith('.test.toml'));
    expect(file).toBe('execution_quoted_rule.toml');
    expect(parseRuleToml(read(file), file).rule).toMatchObject({ name, description: 'Two\nlines\u0007' });
  });
});

describe('eql new for Elastic Defend', () => {
  const LINEAGE = 'process where process.name == "sh" and descendant of [process where process.name == "sshd"]';

  it('writes a behaviour rule with --endpoint', () => {
    const { code, stderr } = create({ '--query': LINEAGE }, ['--endpoint', '--os', 'Linux', '--os', 'macos']);
    expect(code, stderr).toBe(0);
    expect(parseRuleToml(read(FILE), FILE).rule).toMatchObject({ dialect: 'endpoint', osList: ['linux', 'macos'] });
    expect(eql(['check', '.'])).toMatchObject({ code: 0, stdout: '' });
  });

  it.each([
    [['--os', 'linux'], '--os goes with --endpoint'],
    [['--endpoint', '--index', 'logs-*'], '--index is for detection rules'],
    [['--endpoint', '--os', 'windos'], 'Did you mean "windows"?'],
  ])('refuses %j', (more, message) => {
    const { code, stderr } = create({}, more);
    expect(code).toBe(3);
    expect(stderr).toContain(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('reads the query in the dialect of the pack that the file lies in', () => {
    writeFileSync(join(folder, 'pack.toml'), 'dialect = "endpoint"\n');
    expect(create({ '--query': LINEAGE, '--to': 'linux/a.toml' }).code).toBe(0);
    expect(eql(['check', '.']).stdout).not.toContain('error');
    writeFileSync(join(folder, 'pack.toml'), 'dialect = "elasticsearch"\n');
    expect(create({ '--query': LINEAGE, '--to': 'linux/b.toml' }).code).toBe(2);
  });
});

describe('a file that cannot be written', () => {
  it.each([
    ['a.toml/b.toml', 'a part of its path is a file'],
    ['/proc/b.toml', 'its folder does not exist'],
  ])('%s is told in a sentence', (file, reason) => {
    writeFileSync(join(folder, 'a.toml'), '');
    const { code, stderr } = create({ '--to': file });
    expect({ code, stderr }).toEqual({ code: 3, stderr: `error: cannot write ${file}: ${reason}\n` });
  });
});

describe('the file that eql new chooses', () => {
  it('spells letters with accents without them', () => {
    expect(create({ '--name': 'Ümläut café Ⅷ' }).stdout).toMatch(/^execution_umlaut_cafe_viii\.toml\n/u);
  });

  it('is a word of a command line, whatever it is called', () => {
    expect(create({ '--to': "it's a rule.toml" }).stderr).toBe("check it with: eql check 'it'\\''s a rule.toml'\n");
  });
});

describe('eql new on a terminal', () => {
  function open(args: readonly string[]): Terminal {
    const terminal = new Terminal(['new', '--to', join(folder, 'execution_a.toml'), ...args], { EQL_CONFIG: '' });
    terminals.push(terminal);
    return terminal;
  }

  it('asks for what was not given, and asks again for a query that is wrong', async () => {
    const terminal = open(['--description', ANSWERS['--description']]);
    await terminal.sees('What is the rule called?');
    await terminal.type(`Shell${KEYS.enter}`);
    await terminal.sees('Which tactic of MITRE ATT&CK?');
    await terminal.type(`${KEYS.down}${KEYS.down}${KEYS.down}${KEYS.enter}`);
    await terminal.sees('How severe is it?');
    await terminal.type(`${KEYS.down}${KEYS.enter}`);
    await terminal.sees('Which query, in EQL?');
    await terminal.type(`any where a = 1${KEYS.enter}`);
    await terminal.sees('A comparison is written with two equals signs');
    await terminal.type(`${KEYS.ctrlU}any where a == 1${KEYS.enter}`);
    expect(await terminal.ends()).toBe(0);
    expect(parseRuleToml(read('execution_a.toml'), 'a').rule).toMatchObject({
      name: 'Shell',
      severity: 'medium',
      riskScore: 47,
      query: 'any where a == 1\n',
      threat: [{ tactic: { id: 'TA0002' } }],
    });
  });

  it.each(['ctrlC', 'ctrlD'] as const)('writes nothing after %s', async (key) => {
    const terminal = open([]);
    await terminal.sees('What is the rule called?');
    await terminal.type(`Shell${KEYS.enter}`);
    await terminal.sees('What does it find');
    await terminal.type(KEYS[key]);
    expect(await terminal.ends()).toBe(130);
    expect(readdirSync(folder)).toEqual([]);
  });
});
