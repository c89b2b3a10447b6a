import { readFileSync, rmSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { runEql } from './run-eql.js';
import { useTestFolder } from './test-folder.js';

const XDG = 'rules/elastic/linux/persistence_xdg_autostart_netcon.toml';

const folder = useTestFolder();
beforeAll(() => {
  folder.write('pack.toml', 'name = "mine"\nversion = "1.0.0"\ndisabled = ["off"]\n');
  folder.write(
    'a.toml',
    `[rule]
id = "one"
name = "Shell by a \\u001b[31mserver"
severity = "high"
note = "## Guide\\n\\n- look at \`process.name\`\\n\\nRun $osquery_0"
setup = "## Setup\\n\\nInstall it."
references = ["https://example.org/a"]
false_positives = ["Backups."]
own_key = { deep = 1 }
query = "process where process.name == \\"sh\\""
[[rule.threat]]
framework = "MITRE ATT&CK"
[[rule.threat.technique]]
id = "T1059"
name = "Command and Scripting Interpreter"
[rule.threat.tactic]
id = "TA0002"
name = "Execution"
[[transform.osquery]]
label = "Processes"
query = "SELECT * FROM processes"
`,
  );
  folder.write('b.toml', '[rule]\nid = "off"\nname = "Off"\nquery = "any where true"\n');
  folder.write('kql.toml', '[rule]\nname = "KQL"\ntype = "query"\nlanguage = "kuery"\nquery = "a: b"\n');
});

function eql(...args: string[]) {
  return runEql(['pack', ...args], { cwd: folder.path });
}

function json(...args: string[]): unknown {
  const { code, stdout, stderr } = eql(...args, '--output', 'json');
  expect([code, stderr.includes('error')]).toEqual([0, false]);
  return JSON.parse(stdout);
}

describe('eql pack info', () => {
  it('counts the rules of the working folder', () => {
    const { code, stdout } = eql('info');
    expect(code).toBe(0);
    expect(stdout).toContain('mine · 1.0.0 · pack.toml');
    expect(stdout).toContain('3 rules · 1 disabled');
    expect(stdout).toMatch(/query \(kuery\) +1/u);
    expect(stdout).toContain('T1059 Command and Scripting Interpreter');
  });

  it('names several packs with their rules, and those that are in none', () => {
    const { stdout } = runEql(['pack', 'info', 'rules/']);
    const [first = '', , second = '', third = ''] = stdout.split('\n');
    expect(first).toMatch(/^eqlkit starter rules · 31 rules · 0\.1\.0 · /u);
    expect([second, third.split(' · ')[0]]).toEqual(['in no pack · 1 rule', 'together 32 rules']);
    expect(runEql(['pack', 'info', 'rules/starter']).stdout).toMatch(
      /^eqlkit starter rules · 0\.1\.0 · .*\n.*\n31 rules/u,
    );
  });

  it('gives the same as JSON', () => {
    expect(json('info')).toMatchObject({
      packs: [{ name: 'mine', version: '1.0.0', file: 'pack.toml', rules: 3 }],
      rules: 3,
      rules_in_no_pack: 0,
      disabled: 1,
      types: { eql: 2, 'query (kuery)': 1 },
      severities: { high: 1, none: 2 },
      constructs: { 'event query': 2 },
      attack: [{ tactic_id: 'TA0002', technique_id: 'T1059', rules: ['one'] }],
    });
  });

  it('writes a layer for the Navigator', () => {
    const file = folder.file('layer.json');
    const { code, stderr } = eql('info', '--navigator', file);
    expect(code).toBe(0);
    expect(stderr).toContain('wrote a layer of 1 technique to');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      name: 'mine',
      domain: 'enterprise-attack',
      techniques: [{ techniqueID: 'T1059', tactic: 'execution', score: 1 }],
    });
    const missing = folder.file('no/such/folder.json');
    expect(eql('info', '--navigator', missing)).toMatchObject({
      code: 3,
      stderr: `error: cannot write ${missing}: its folder does not exist\n`,
    });
  });

  it('counts the files that can be read, and shows the others', () => {
    folder.write('broken/x.toml', '[rule\n');
    const { code, stdout, stderr } = eql('info');
    rmSync(folder.file('broken'), { recursive: true });
    expect(code).toBe(2);
    expect(stdout).toContain('1 broken file');
    expect(stderr).toContain('error[EQL4002]');
  });
});

describe('eql pack list', () => {
  it('lists all rules, or those that fit', () => {
    const { code, stdout, stderr } = eql('list');
    expect(code).toBe(0);
    expect(stdout).toContain('Off (disabled)');
    expect(stderr).toContain('3 rules');
    const filtered = eql('list', '--technique', 't1059', '--severity', 'HIGH', '--severity', 'low');
    expect(filtered.stderr).toContain('1 of 3 rules');
    expect(eql('list', '--search', 'nothing such').stdout).toBe('');
  });

  it.each([
    [200, ['name', 'severity', 'platform', 'tactic', 'technique', 'file']],
    [110, ['name', 'severity', 'platform', 'tactic', 'file']],
    [80, ['name', 'severity', 'file']],
    [64, ['name', 'file']],
    [30, ['name']],
  ])('shows in %i columns what can be read there', (columns, titles) => {
    const { stdout } = runEql(['pack', 'list', 'rules/starter'], { env: { COLUMNS: String(columns) } });
    const lines = stdout.trimEnd().split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines[1]?.match(/\w+/gu)).toEqual(titles);
    // Of a path the end tells it from others.
    if (columns === 80) expect(stdout).toContain('…l_access_password_guessed.toml');
  });

  it('gives the same as JSON', () => {
    expect(json('list', '--search', 'server')).toMatchObject([
      { id: 'one', file: 'a.toml', disabled: false, severity: 'high', techniques: ['T1059'], tactics: ['Execution'] },
    ]);
  });

  it('finds something in the examples of its help and of docs/rule-packs.md', () => {
    const page = readFileSync(new URL('../../../docs/rule-packs.md', import.meta.url), 'utf8');
    const texts = page + eql('list', '--help').stdout;
    const commands = [...texts.matchAll(/eql (pack list rules\/.*--search.*)/gu)].map(([, command = '']) => command);
    expect(commands.length).toBeGreaterThan(2);
    for (const command of commands) {
      const words = [...command.matchAll(/'([^']*)'|\S+/gu)].map(([word, quoted]) => quoted ?? word);
      expect([command, runEql(words).stderr.trim()]).toEqual([
        command,
        expect.stringMatching(/^[1-9]\d* of 32 rules$/u),
      ]);
    }
  });

  it('says what no rule at all has, with the name that may be meant', () => {
    const { code, stdout, stderr } = eql('list', '--tactic', 'excution', '--platform', 'plan9', '--technique', 'T1059');
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).toContain('warning: no rule has the tactic "excution". Did you mean "execution"?\n');
    expect(stderr).toContain('warning: no rule has the platform "plan9"\n');
    expect(stderr).not.toContain('T1059');
    expect(runEql(['pack', 'list', 'rules', '--platform', 'plan9']).stderr).toContain(
      'warning: no rule has the platform "plan9". There are: linux, macos, windows.\n',
    );
  });

  it('wants severities that there are', () => {
    const { code, stderr } = eql('list', '--severity', 'hgih');
    expect(code).toBe(3);
    expect(stderr).toContain('It is one of low, medium, high, critical.');
  });

  it('lets no control character of a rule through', () => {
    expect(eql('list').stdout).not.toContain('\u001b[31m');
  });
});

describe('eql pack show', () => {
  it('puts a long query into a guide only so often', () => {
    const note = '$osquery_0 '.repeat(18_000);
    folder.write(
      'much/a.toml',
      `[rule]\nname = "Much"\nquery = "any where true"\nnote = "${note}"\n[[transform.osquery]]\nlabel = "l"\nquery = "${'q'.repeat(100_000)}"\n`,
    );
    const { code, stdout, stderr } = runEql(['pack', 'show', 'Much', 'much'], { cwd: folder.path });
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.length).toBeLessThan(2_000_000);
    rmSync(folder.file('much'), { recursive: true });
  });

  it('shows a query with a million blanks', () => {
    folder.write('blank/a.toml', `[rule]\nname = "Blank"\nquery = "any where${' '.repeat(1_000_000)}true"\n`);
    const { code, stdout } = runEql(['pack', 'show', 'Blank', 'blank'], { cwd: folder.path });
    expect([code, stdout.includes('   true\n')]).toEqual([0, true]);
    rmSync(folder.file('blank'), { recursive: true });
  });

  it('shows everything about a rule', () => {
    const { code, stdout } = eql('show', 'one');
    expect(code).toBe(0);
    for (const part of [
      'Shell by a ?[31mserver',
      'severity        high',
      'Query\n\nprocess where process.name == "sh"',
      'TA0002 Execution\n  T1059 Command and Scripting Interpreter',
      'Setup\n\nInstall it.',
      'Guide\n\n• look at process.name\n\nRun Processes: SELECT * FROM processes',
      '• Backups.',
      '• https://example.org/a',
      'other keys      rule.own_key = {"deep":1}',
    ]) {
      expect(stdout).toContain(part);
    }
  });

  it('gives the same as JSON, with unknown keys', () => {
    expect(json('show', 'one')).toMatchObject({
      id: 'one',
      query: 'process where process.name == "sh"',
      note: expect.stringContaining('## Guide') as string,
      references: ['https://example.org/a'],
      unknown_keys: ['rule.own_key'],
      source: { rule: { own_key: { deep: 1 } } },
      related: [],
    });
  });

  it('takes a file, and says that a rule is disabled', () => {
    expect(eql('show', 'b.toml').stdout).toContain('Off (disabled in pack.toml)');
    const { stdout, code } = runEql(['pack', 'show', XDG]);
    expect(code).toBe(0);
    expect(stdout).toContain('T1547.013 XDG Autostart Entries');
    expect(stdout).toContain('Investigating Network Connections Initiated Through XDG Autostart Entry');
  });

  it('offers what may have been meant', () => {
    const none = eql('show', 'shell srever');
    expect(none.code).toBe(3);
    expect(none.stderr).toContain('no rule is called "shell srever". Is one of these meant?');
    expect(none.stderr).toContain('a.toml: Shell by a ?[31mserver (one)');
    folder.write('again/a.toml', '[rule]\nid = "one"\nname = "Again"\nquery = "any where true"\n');
    const several = eql('show', 'one');
    rmSync(folder.file('again'), { recursive: true });
    expect(several.code).toBe(3);
    expect(several.stderr).toContain('2 rules fit "one". Name one by its file:');
    expect(several.stderr).toContain('again/a.toml: Again (one)');
    expect(several.stdout).toBe('');
  });
});

it('suggests a severity, and points to the help of the command', () => {
  const { code, stderr } = runEql(['pack', 'list', '--severity', 'hihg']);
  expect(code).toBe(3);
  expect(stderr).toContain('It is one of low, medium, high, critical. Did you mean "high"?\n');
  expect(stderr).toContain('(eql pack list --help shows the usage)\n');
});
