import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, closeSync, existsSync, lstatSync, openSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Log } from 'sarif';
import { describe, expect, it } from 'vitest';
import { EQL, runEql } from './run-eql.js';
import { useTestFolder } from './test-folder.js';

const folder = useTestFolder({ fresh: 'each' });

function check(...args: readonly string[]): ReturnType<typeof runEql> {
  return runEql(['check', ...args], { cwd: folder.path });
}

const rule = (query: string, name = 'n'): string => `[rule]\nname = "${name}"\nquery = '''\n${query}\n'''\n`;
const FINE = rule('process where process.name == "cmd.exe"', 'fine');
const WARNED = rule('process where process.name == "cmd*"', 'warned');
const BROKEN = rule('process where\n  process.name = "cmd.exe"', 'broken');
const MENDABLE = rule('process where a in ("x", "x") and b like "y"');

describe('eql check', () => {
  it('says nothing of a rule that is fine', () => {
    folder.write('fine.toml', FINE);
    expect(check('fine.toml')).toEqual({
      code: 0,
      stdout: '',
      stderr: '1 rule checked · 0 errors · 0 warnings · 0 infos\n',
    });
  });

  it('shows the line of the TOML file with the place, the cause and the help', () => {
    folder.write('warned.toml', WARNED);
    const { code, stdout, stderr } = check('.');
    expect(code).toBe(0);
    expect(stdout).toBe(`warning[EQL5002]: "==" takes the * in "cmd*" as an asterisk, not as a wildcard
 --> warned.toml:4:31
  |
4 | process where process.name == "cmd*"
  |                               ^^^^^^
  = help: Use "like" for a pattern that respects case, ":" for one that does not.
`);
    expect(stderr).toContain('1 rule checked · 0 errors · 1 warning · 0 infos');
  });

  it('looks at lists of exceptions', () => {
    folder.write('rule.toml', `${FINE}[[rule.exceptions_list]]\nlist_id = "knwon"\n`);
    folder.write(
      'lists.toml',
      '[[exceptions]]\n[exceptions.container]\nlist_id = "known"\n[[exceptions.items]]\nos_type = ["linux"]\nentries = [{ field = "process.nmae", type = "exists" }]\n',
    );
    const { code, stdout, stderr } = check('.');
    expect(code).toBe(0);
    expect(stdout).toMatch(/EQL5211\]: \[exceptions\.items\] has no key "os_type"\n --> lists\.toml:5:1/u);
    expect(stdout).toMatch(/EQL5101\]: ECS has no field process\.nmae\n --> lists\.toml:6:22/u);
    expect(stdout).toMatch(/EQL4202\][^]*help: Did you mean "known"\?/u);
    expect(stderr).toContain('1 rule checked · 0 errors · 3 warnings');
  });

  it('shows the first few of many rules with one id, and counts the others; data has them all', () => {
    const copies = Array.from({ length: 7 }, (_, index) => `copy-${index}.toml`);
    for (const name of copies) folder.write(name, FINE.replace('[rule]\n', '[rule]\nid = "same"\n'));
    const { stdout, stderr } = check('.');
    const shown = [...stdout.matchAll(/^warning\[(EQL\d+)\].*$/gmu)].map(([, code]) => code);
    expect(shown.sort()).toEqual(['EQL4005', 'EQL4005', 'EQL4005', 'EQL5210', 'EQL5210', 'EQL5210']);
    expect(stderr).toContain('EQL4005 (two rules with one id) 3 more times: "eql check --output json" names all\n');
    expect(stderr).toContain('EQL5210 (two rules with one name) 3 more times');
    expect(stderr).toContain('7 rules checked · 0 errors · 12 warnings');
    expect(check('.', '--output', 'json').stdout.match(/"EQL4005"/gu)).toHaveLength(6);
  });

  it('exits with 2 on errors: of queries, of constants, of files that are no rules', () => {
    folder.write('a-broken.toml', BROKEN);
    folder.write('b-constant.toml', rule('network where cidrMatch(source.ip, "10.0.0.0/99")'));
    folder.write('c-file.toml', 'x = 1');
    folder.write('d-fine.toml', FINE);
    const { code, stdout, stderr } = check('.');
    expect(code).toBe(2);
    expect([...stdout.matchAll(/error\[(EQL\d+)\]/gu)].map(([, found]) => found)).toEqual([
      'EQL1010',
      'EQL3003',
      'EQL4003',
    ]);
    expect(stdout).toContain('a-broken.toml:5:16');
    expect(stderr).toContain('4 rules checked · 3 errors');
  });

  it('says everything at once of a rule whose head is broken', () => {
    const head = '[metadata]\nupdated_date = "2026/02/30"\n[rule]\nname = "fine"\ntype = "eql"\nrisk_score = 21\n';
    folder.write(
      'a.toml',
      `${head}severity = "hgih"\nquery = '''\nprocess where process.name == "cmd*" and process.namee : "x"\n'''\n`,
    );
    folder.write('b.toml', BROKEN.replace('name = "broken"', 'name = 1'));
    folder.write('c.toml', FINE.replace("query = '''", "query = '''\n//").replace('name = "fine"', ''));
    folder.write('d.toml', '[rule]\nname = "d"\nqueri = "process where true"\n');
    const { code, stdout, stderr } = check('.');
    expect(code).toBe(2);
    const found = [...stdout.matchAll(/^\w+\[(EQL\d+)\].*\n\s*--> (.*)$/gmu)].map(([, id, place]) => `${place} ${id}`);
    expect(found).toEqual([
      'a.toml:1:2 EQL5204',
      'a.toml:2:16 EQL5204',
      'a.toml:3:2 EQL4003',
      'a.toml:3:2 EQL5205',
      'a.toml:7:12 EQL4004',
      'a.toml:9:31 EQL5002',
      'a.toml:9:42 EQL5101',
      'b.toml:2:8 EQL4004',
      'b.toml:5:16 EQL1010',
      'c.toml:1:2 EQL4003',
      'd.toml:3:1 EQL4003',
    ]);
    expect(stderr).toContain('4 rules checked · 6 errors');
    folder.write('events.ndjson', '{"@timestamp": "2026-01-01T00:00:00Z", "event": {"category": "process"}}\n');
    const run = runEql(['run', '.', '-e', 'events.ndjson'], { cwd: folder.path });
    expect([run.code, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('0 rules run · 4 rules broken');
  });

  it('takes a rule without its type for EQL, unless its language is another one', () => {
    const broken = '[rule]\nrule_id = "x"\nname = "n"\nquery = "process where"\n';
    folder.write('a.toml', broken);
    folder.write('b.toml', `${broken}language = "kuery"\n`);
    const { stdout, stderr } = check('.');
    expect(stdout).toMatch(/error\[EQL1\d+\].*\n\s*--> a\.toml:4:/u);
    expect(stdout).not.toMatch(/error\[EQL1\d+\].*\n\s*--> b\.toml/u);
    expect(stderr).toContain('2 rules checked · 1 rule not EQL');
  });

  it('finds the id and the name of a rule with errors in other rules, but no two that lack theirs', () => {
    const named = (head: string): string => `[rule]\n${head}\nquery = "process where true"\n`;
    const twice = 'id = "a"\nname = "n"';
    folder.write('a.toml', named(`${twice}\nseverity = "hgih"`));
    folder.write('b.toml', named(twice));
    folder.write('c.toml', named('id = ""\nname = ""'));
    folder.write('d.toml', named('id = ""\nname = ""'));
    const { stdout } = check('.');
    const found = [...stdout.matchAll(/^warning\[(EQL\d+)\].*\n\s*--> (.*)$/gmu)].map(
      ([, id, place]) => `${place} ${id}`,
    );
    expect(found).toEqual(['a.toml:3:8 EQL5210', 'b.toml:2:6 EQL4005']);
  });

  it('counts rules only, not folders and packs that cannot be read', () => {
    folder.write('fine.toml', FINE);
    folder.write('pack.toml', 'name = 1\n');
    symlinkSync(tmpdir(), folder.file('elsewhere'));
    const { code, stderr } = check('.');
    expect(code).toBe(2);
    expect(stderr).toContain('1 rule checked · 2 errors');
    const formatted = runEql(['fmt', '.', '--check'], { cwd: folder.path });
    expect(formatted.code).toBe(2);
    expect(formatted.stderr).toContain('1 rule · 0 not formatted\n');
    folder.write('events.ndjson', '');
    const run = runEql(['run', '.', '-e', 'events.ndjson'], { cwd: folder.path });
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('1 rule run · 0 alerts');
  });

  it('exits with 2 if there are more warnings than are allowed', () => {
    folder.write('warned.toml', WARNED);
    expect(check('.', '--max-warnings', '1').code).toBe(0);
    expect(check('.', '--max-warnings', '0').code).toBe(2);
  });

  it.each([
    ['no rules', []],
    ['rules that are not there', ['nowhere.toml']],
    ['an unknown format', ['.', '--output', 'xml']],
    ['a number that is none', ['.', '--max-warnings', 'few']],
  ])('exits with 3 for %s', (_about, args) => {
    folder.write('fine.toml', FINE);
    const { code, stdout, stderr } = check(...args);
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });

  it('has examples in its help', () => {
    const { code, stdout } = check('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('$ eql check rules/ --fix');
    expect(stdout).toContain('Exit codes:');
  });

  it('never lets the text of a rule steer the terminal', () => {
    folder.write(
      'evil.toml',
      '[rule]\nname = "\\u001b[31m"\nquery = "process where a == \\"\\\\u{1b}[2J*\\" or \\u001b]0;x\\u0007"\n',
    );
    for (const output of ['text', 'json', 'sarif', 'github']) {
      const { stdout, stderr } = check('.', '--output', output);
      expect(stdout + stderr).not.toMatch(/[\u0007\u001b]/u);
    }
  });
});

describe('eql check --output', () => {
  it('json prints every finding and the counts', () => {
    folder.write('a.toml', WARNED);
    folder.write('b.toml', BROKEN);
    const { code, stdout } = check('.', '-o', 'json');
    expect(code).toBe(2);
    const report = JSON.parse(stdout) as { diagnostics: { file: string; code: string }[]; errors: number };
    expect(report.diagnostics.map(({ file, code: found }) => [file, found])).toEqual([
      ['a.toml', 'EQL5002'],
      ['b.toml', 'EQL1010'],
    ]);
    expect(report).toMatchObject({ errors: 1, warnings: 1, infos: 0 });
  });

  it('sarif prints a log, also of nothing', () => {
    folder.write('a.toml', FINE);
    const empty = JSON.parse(check('.', '-o', 'sarif').stdout) as Log;
    expect(empty.runs[0]?.results).toEqual([]);
    folder.write('b.toml', WARNED);
    const log = JSON.parse(check('.', '-o', 'sarif').stdout) as Log;
    expect(log.$schema).toContain('sarif');
    expect(log.runs[0]?.results?.map(({ ruleId }) => ruleId)).toEqual(['EQL5002']);
  });

  it('github prints workflow commands', () => {
    folder.write('a.toml', WARNED);
    expect(check('.', '-o', 'github').stdout).toMatch(/^::warning file=a\.toml,line=4,/u);
  });
});

describe('eql check --fix', () => {
  it('mends the file in place and reports what is left', () => {
    folder.write('a.toml', `# kept\n${MENDABLE}`);
    folder.write('b.toml', WARNED);
    const before = check('.');
    expect(before.stderr).toContain('2 findings can be mended with --fix');
    const { code, stdout, stderr } = check('.', '--fix');
    expect(code).toBe(0);
    expect(folder.read('a.toml')).toBe(`# kept\n${rule('process where a in ("x") and b == "y"')}`);
    expect(folder.read('b.toml')).toBe(WARNED);
    expect(stderr).toContain('mended a.toml: 2 changes');
    expect(stdout).toContain('EQL5002');
    expect(stdout).not.toContain('a.toml');
    expect(check('.', '--fix').stderr).not.toContain('mended');
  });

  it('mends the query of a rule whose head is broken', () => {
    folder.write('a.toml', MENDABLE.replace('name = "n"', 'name = "n"\nseverity = "hgih"'));
    const { code, stdout, stderr } = check('.', '--fix');
    expect(code).toBe(2);
    expect(stderr).toContain('mended a.toml: 2 changes');
    expect(folder.read('a.toml')).toContain('process where a in ("x") and b == "y"');
    expect(stdout.match(/\[EQL\d+\]/gu)).toEqual(['[EQL4004]']);
  });

  it('keeps line ends, permissions and links', () => {
    folder.write('real.toml', MENDABLE.replaceAll('\n', '\r\n'));
    chmodSync(folder.file('real.toml'), 0o600);
    symlinkSync('real.toml', folder.file('link.toml'));
    expect(check('link.toml', '--fix').code).toBe(0);
    expect(lstatSync(folder.file('link.toml')).isSymbolicLink()).toBe(true);
    expect(statSync(folder.file('real.toml')).mode & 0o777).toBe(0o600);
    expect(folder.read('real.toml')).toBe(rule('process where a in ("x") and b == "y"').replaceAll('\n', '\r\n'));
  });
});

describe('eql check with more knowledge', () => {
  const own = rule('process where process.frobnicated == "x"');
  const schema = JSON.stringify({
    format: 'eqlkit-schema',
    version: 1,
    fields: { 'process.frobnicated': { type: 'keyword' } },
  });

  it('knows the fields of --schema and --mapping', () => {
    folder.write('a.toml', own);
    folder.write('s.json', schema);
    folder.write('m.json', '{"properties": {"process.frobnicated": {"type": "keyword"}}}');
    expect(check('a.toml').stdout).toContain('EQL5101');
    expect(check('a.toml', '--schema', 's.json').stdout).toBe('');
    expect(check('a.toml', '--mapping', 'm.json').stdout).toBe('');
    expect(check('a.toml', '--schema', 'nowhere.json').code).toBe(3);
  });

  it.skipIf(process.platform === 'win32')('stops at once on Ctrl-C, while it looks at a rule', async () => {
    const threat = '[[rule.threat]]\nframework = "x"\n[[rule.threat.technique]]\nid = "y"\nname = "z"\n';
    folder.write('much.toml', `${FINE}${threat.repeat(60_000)}`);
    const child = spawn(process.execPath, [EQL, '--verbose', 'check', 'much.toml'], { cwd: folder.path });
    child.stderr.once('data', () => child.kill('SIGINT'));
    child.stdout.resume();
    expect(await new Promise((resolve) => child.on('close', (code, signal) => resolve([code, signal])))).toEqual([
      null,
      'SIGINT',
    ]);
  });

  it.skipIf(!existsSync('/dev/full'))('does its work where no message can be written (needs /dev/full)', () => {
    folder.write('broken.toml', BROKEN);
    const full = openSync('/dev/full', 'w');
    const { status, stdout } = spawnSync(process.execPath, [EQL, 'check', 'broken.toml'], {
      cwd: folder.path,
      stdio: ['ignore', 'pipe', full],
      encoding: 'utf8',
    });
    closeSync(full);
    expect([status, stdout.includes('EQL1010')]).toEqual([2, true]);
  });

  it('says which file --fix and fmt cannot write, leaves it as it is and goes on', () => {
    // The name leaves no room for that of the file that is written beside it.
    const name = `${'a'.repeat(250)}.toml`;
    folder.write(name, MENDABLE);
    folder.write('b.toml', MENDABLE);
    const mended = check('.', '--fix');
    expect([mended.code, folder.read(name)]).toEqual([3, MENDABLE]);
    expect(mended.stderr).toContain(
      `error: ${name} cannot be written: its name is too long.\nmended b.toml: 2 changes\n`,
    );
    folder.write(name, MENDABLE.replace('where', 'where   '));
    const formatted = runEql(['fmt', '.'], { cwd: folder.path });
    expect(formatted).toEqual({
      code: 3,
      stdout: '',
      stderr: `error: ${name} cannot be written: its name is too long.\n2 rules · 0 changed\n`,
    });
  });

  it.skipIf(process.platform === 'win32')('reads no schema of a pack that is a pipe or lies outside', () => {
    folder.write('fine.toml', FINE);
    folder.write('pack.toml', '[lint]\nschemas = ["pipe.json", "link.json"]\n');
    execFileSync('/usr/bin/env', ['mkfifo', folder.file('pipe.json')]);
    symlinkSync('/etc/passwd', folder.file('link.json'));
    const { code, stdout } = check('.');
    expect(code).toBe(2);
    expect(stdout).toContain('A schema of the pack does not load: pipe.json is not a regular file.');
    expect(stdout).toContain('link.json is a link to something outside the pack, which is not followed.');
    expect(stdout).not.toContain('root:');
  });

  it('takes levels and schemas from pack.toml, and says what is wrong with it', () => {
    folder.write('a.toml', own);
    folder.write('b.toml', WARNED);
    folder.write('s.json', schema);
    folder.write(
      'pack.toml',
      '[lint]\nschemas = ["s.json", "gone.json"]\n[lint.levels]\nEQL5002 = "error"\nEQL5998 = "off"\n',
    );
    const { code, stdout } = check('.');
    expect(code).toBe(2);
    expect(stdout).toContain('error[EQL5002]');
    expect(stdout).toContain('error[EQL4001]: A schema of the pack does not load');
    expect(stdout).toContain('warning[EQL4101]: There is no code "EQL5998".');
    folder.write('pack.toml', '[lint]\nschemas = ["s.json"]\n[lint.levels]\nEQL5002 = "off"\n');
    expect(check('.').stdout).toBe('');
  });

  it('respects comments that disable something', () => {
    folder.write('a.toml', rule('process where\n  // eql-disable-next-line EQL5002\n  process.name == "cmd*"'));
    expect(check('.').stdout).toBe('');
  });
});
