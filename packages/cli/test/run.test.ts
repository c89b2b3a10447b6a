import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { XDG_AUTOSTART_CASES } from '@eqlkit/test-support';
import { describe, expect, it } from 'vitest';
import { EQL, ROOT, runEql } from './run-eql.js';
import { runScript } from './run-script.js';
import { useTestFolder } from './test-folder.js';

const RULE = 'rules/elastic/linux/persistence_xdg_autostart_netcon.toml';
const EVENTS = 'examples/xdg-autostart/events.ndjson';

interface JsonAlert {
  id: string;
  rule: { id: string; name: string; severity: string; risk_score: number; threat: unknown[] };
  join_keys: Record<string, unknown>;
  events: { stage: number; missing: boolean; event: { _case?: string } }[];
}

const folder = useTestFolder();

function parseAlerts(stdout: string): JsonAlert[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as JsonAlert);
}

function countByCase(alerts: readonly JsonAlert[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const alert of alerts) {
    const label = alert.events[0]?.event._case ?? 'background';
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

function expectedByCase(field: 'alerts' | 'alertsWithTiebreaker'): Record<string, number> {
  return Object.fromEntries(XDG_AUTOSTART_CASES.filter((one) => one[field] > 0).map((one) => [one.label, one[field]]));
}

describe('the XDG autostart example', () => {
  it('alerts on exactly the cases that should', () => {
    const { code, stdout, stderr } = runEql(['run', RULE, '--events', EVENTS, '--output', 'ndjson']);
    expect(code).toBe(0);
    expect(countByCase(parseAlerts(stdout))).toEqual(expectedByCase('alerts'));
    expect(stderr).toContain('589 events read · 1 rule run · 43 alerts');
  });

  it('orders events of one millisecond by the tiebreaker', () => {
    const args = ['run', RULE, '--events', EVENTS, '-o', 'ndjson', '--tiebreaker-field', 'event.sequence'];
    expect(countByCase(parseAlerts(runEql(args).stdout))).toEqual(expectedByCase('alertsWithTiebreaker'));
  });

  it('names rule, keys and whole events in an alert', () => {
    const { stdout } = runEql(['run', RULE, '--events', EVENTS, '--output', 'json']);
    const [first] = JSON.parse(stdout) as JsonAlert[];
    expect(first?.rule).toMatchObject({
      id: 'dd52d45a-4602-4195-9018-ebe0f219c273',
      severity: 'medium',
      risk_score: 47,
    });
    expect(Object.keys(first?.join_keys ?? {})).toEqual(['host.id', 'process.entity_id']);
    expect(first?.events.map(({ stage, missing }) => [stage, missing])).toEqual([
      [0, false],
      [1, false],
    ]);
    expect(first?.events[1]?.event).toMatchObject({ event: { category: ['network'] } });
  });

  it('gives the same alerts from standard input and from gzip', () => {
    const events = readFileSync(join(ROOT, EVENTS));
    const zipped = folder.write('events.ndjson.gz', gzipSync(events));
    const plain = runEql(['run', RULE, '--events', EVENTS, '-o', 'ndjson']).stdout;
    expect(runEql(['run', RULE, '--events', '-', '-o', 'ndjson'], { input: events }).stdout).toBe(plain);
    expect(runEql(['run', RULE, '--events', zipped, '-o', 'ndjson']).stdout).toBe(plain);
  });

  it('shows alerts as tables', () => {
    const { stdout } = runEql(['run', RULE, '--events', EVENTS]);
    expect(stdout).toContain('Network Connections Initiated Through XDG Autostart Entry');
    expect(stdout).toContain('T1547.013 XDG Autostart Entries');
    expect(stdout).toContain('/usr/bin/xfce4-session');
  });
});

describe('a tiebreaker field that no event has', () => {
  it('is told, with a similar one', () => {
    const warning = 'warning: --tiebreaker-field orders nothing: no event has the field event.sequnce';
    const { code, stderr } = runEql(['run', RULE, '-e', EVENTS, '--tiebreaker-field', 'event.sequnce']);
    expect(code).toBe(0);
    expect(stderr).toContain(`${warning} (did you mean event.sequence?)\n`);
    const right = runEql(['run', RULE, '-e', EVENTS, '--tiebreaker-field', 'event.sequence']);
    expect(right.stderr).not.toContain('--tiebreaker-field');
  });
});

describe('the index of a rule', () => {
  const events =
    '{"@timestamp":"2024-01-01T00:00:00Z","event":{"category":"process"},"data_stream":{"type":"logs","dataset":"okta.system","namespace":"default"}}\n';

  /** How many alerts a rule for logs-endpoint.* gives. */
  function alertsWith(...options: string[]): number {
    const rule = folder.write(
      'endpoint.toml',
      '[rule]\nname = "n"\nindex = ["logs-endpoint.*"]\nquery = "process where true"\n',
    );
    const { code, stdout } = runEql(['run', rule, '--events', '-', '-o', 'ndjson', ...options], { input: events });
    expect(code).toBe(0);
    return parseAlerts(stdout).length;
  }

  it('keeps events of other data streams from it, unless told otherwise', () => {
    expect(alertsWith()).toBe(0);
    expect(alertsWith('--ignore-index')).toBe(1);
    expect(alertsWith('--index', 'logs-endpoint.events.process-default')).toBe(1);
  });

  it('is compared with a name, not with a pattern', () => {
    const { code, stderr } = runEql(['run', RULE, '--events', EVENTS, '--index', 'logs-*']);
    expect(code).toBe(3);
    expect(stderr).toContain('It is the name of one index');
  });
});

describe('the look-back of a rule', () => {
  const events = '{"@timestamp":"2024-01-01T00:00:00Z","event":{"category":"process"}}\n';

  it('counts on demand, from the time that is given', () => {
    const rule = folder.write('recent.toml', '[rule]\nname = "n"\nfrom = "now-9m"\nquery = "process where true"\n');
    const alerts = (...options: string[]): number =>
      parseAlerts(runEql(['run', rule, '--events', '-', '-o', 'ndjson', ...options], { input: events }).stdout).length;
    expect(alerts()).toBe(1);
    expect(alerts('--look-back')).toBe(0);
    expect(alerts('--look-back', '--now', '2024-01-01T00:09:00Z')).toBe(1);
    expect(alerts('--look-back', '--now', '2024-01-01T00:09:01Z')).toBe(0);
  });

  it('wants a time that is one', () => {
    const { code, stderr } = runEql(['run', RULE, '--events', EVENTS, '--now', 'noon']);
    expect(code).toBe(3);
    expect(stderr).toContain('It is a date, such as 2026-01-31T12:00:00Z.');
  });
});

describe('exit codes', () => {
  it('is 1 for alerts only with --fail-on-alert', () => {
    expect(runEql(['run', RULE, '--events', EVENTS, '--fail-on-alert']).code).toBe(1);
  });

  it('is 2 for a broken rule, shown with its place in the file, while the others run', () => {
    const text = readFileSync(join(ROOT, RULE), 'utf8');
    const broken = folder.write(
      'broken.toml',
      text.replace('event.type == "start"', 'event.type = "start"').replace('dd52d45a', 'dd52d45b'),
    );
    const { code, stdout, stderr } = runEql(['run', RULE, broken, '--events', EVENTS, '-o', 'ndjson']);
    expect(code).toBe(2);
    expect(parseAlerts(stdout)).toHaveLength(43);
    const line =
      text.split('\n').findIndex((one) => one.includes('event.type == "start" and event.action == "exec"')) + 1;
    expect(stderr).toContain('error[EQL1010]: A comparison is written with two equals signs');
    expect(stderr).toContain(`broken.toml:${line}:`);
    expect(stderr).toContain('1 rule broken');
  });

  it.each([
    ['no events option', ['run', RULE]],
    ['an unknown option', ['run', RULE, '--events', EVENTS, '--ouput', 'json']],
    ['an unknown format', ['run', RULE, '--events', EVENTS, '--output', 'xml']],
    ['an unknown command', ['rnu']],
    ['missing rules', ['run', 'nowhere.toml', '--events', EVENTS]],
    ['missing events', ['run', RULE, '--events', 'nowhere.ndjson']],
  ])('is 3 for %s', (_about, args) => {
    const { code, stdout, stderr } = runEql(args);
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });
});

it('reads no events if there is no rule to run', () => {
  const broken = folder.write('only.toml', '[rule]\nname = "x"\nquery = "process wher true"\n');
  const { code, stdout, stderr } = runEql(['run', broken, '--events', EVENTS, '-o', 'json']);
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toEqual([]);
  expect(stderr).toContain('warning: there is no rule to run, so no events were read\n');
  expect(stderr).toContain('0 events read · 0 rules run · 1 rule broken');
});

describe('a rule that no event could have matched', () => {
  const rule = (name: string, query: string): string =>
    folder.write(`${name}.toml`, `[rule]\nname = "${name}"\nquery = '''${query}'''\n`);

  it('is named with the field that no event has', () => {
    const { code, stderr } = runEql(['run', rule('typo', 'process where proces.name == "sh"'), '--events', EVENTS]);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'warning: the rule could not have matched any of the events\n' +
        '  no event has the field proces.name (did you mean process.name?): typo (' +
        `${folder.file('typo.toml')})\n`,
    );
  });

  it('is named with the category that no event has', () => {
    const { stderr } = runEql(['run', rule('other', 'registry where true'), RULE, '--events', EVENTS, '-o', 'ndjson']);
    expect(stderr).toContain('warning: 1 of 2 rules could not have matched any of the events\n');
    expect(stderr).toContain(`  no event has the category registry: other (${folder.file('other.toml')})\n`);
  });

  it('is named if the events are not ECS', () => {
    const events = folder.write('foreign.ndjson', '{"@timestamp":1,"Image":"C:\\\\x.exe"}\n{"@timestamp":2}\n');
    const { stderr } = runEql(['run', RULE, '--events', events]);
    expect(stderr).toContain('  no event has the field event.category: Network Connections Initiated');
  });

  it('is told in one short block, however many there are', () => {
    const rules = Array.from({ length: 30 }, (_, index) =>
      rule(`many${index}`, `process where far.f${index % 10} == 1`),
    );
    const { stderr } = runEql(['run', ...rules, '--events', EVENTS]);
    expect(stderr).toContain('warning: 30 of 30 rules could not have matched any of the events\n');
    expect(stderr).toMatch(/ {2}no event has the field far\.f\d: many\d+ \(.*many\d+\.toml\) and 2 others\n/u);
    expect(stderr).toContain('  … and 5 more reasons\n');
    expect(stderr.split('\n').length).toBeLessThan(10);
  });

  it('is named with the index that no event lies in, and the way out', () => {
    const { code, stderr } = runEql(['run', RULE, '--events', EVENTS, '--index', 'winlogbeat-2024']);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'warning: the rule could not have matched any of the events\n' +
        `  no event lies in logs-endpoint.events.*: Network Connections Initiated Through XDG Autostart Entry (${RULE})\n` +
        '  --ignore-index shows rules every event\n',
    );
    const ignoring = runEql(['run', RULE, '--events', EVENTS, '--index', 'winlogbeat-2024', '--ignore-index']);
    expect(ignoring.stderr).not.toContain('could not have matched');
  });

  it('is named with the systems that no event comes from', () => {
    const behaviour = folder.write(
      'behaviour.toml',
      '[rule]\nid = "b"\nname = "b"\nos_list = ["macos"]\nversion = "1.0.0"\nquery = "process where true"\n',
    );
    const events = folder.write(
      'linux.ndjson',
      '{"@timestamp":1,"event":{"category":"process"},"host":{"os":{"type":"linux"}}}',
    );
    const { stderr } = runEql(['run', behaviour, '--events', events]);
    expect(stderr).toContain(`  no event comes from macos: b (${behaviour})\n`);
    expect(stderr).not.toContain('--ignore-index');
  });

  it('is no topic where there are no events', () => {
    const { code, stderr } = runEql(['run', RULE, '--events', folder.write('empty.ndjson', '')]);
    expect(code).toBe(0);
    expect(stderr).toContain('warning: there were no events\n');
    expect(stderr).not.toContain('could not have matched');
  });
});

describe('rules that are not EQL', () => {
  it('are counted by kind, and the first are named with their files', () => {
    const files = [1, 2, 3, 4].map((number) =>
      folder.write(
        `kql${number}.toml`,
        `[rule]\nname = "kql ${number}"\ntype = "query"\nlanguage = "kuery"\nquery = "a:b"\n`,
      ),
    );
    const [first = ''] = files;
    const one = runEql(['run', RULE, first, '-e', EVENTS, '-o', 'ndjson']);
    expect(one.stderr).toContain(
      `warning: 1 rule is not EQL and was left out: 1 query (kuery)\n  ${first}: kql 1\n589 events read`,
    );
    const { stderr } = runEql(['run', RULE, ...files, '-e', EVENTS, '-o', 'ndjson']);
    expect(stderr).toContain('warning: 4 rules are not EQL and were left out: 4 query (kuery)\n');
    expect(stderr).toContain(`  ${files[2] ?? ''}: kql 3\n  … and 1 more; --verbose names all\n`);
    expect(stderr).not.toContain('kql 4');
  });
});

describe('messages about usage', () => {
  it('name a misspelt option before one that is missing for that', () => {
    const { code, stderr } = runEql(['run', RULE, '--event', EVENTS]);
    expect(code).toBe(3);
    expect(stderr).toBe(
      "error: unknown option '--event'\n(Did you mean --events?)\n(eql run --help shows the usage)\n",
    );
    const missing = runEql(['run', RULE]);
    expect(missing.code).toBe(3);
    expect(missing.stderr).toContain("error: required option '-e, --events <inputs...>' not specified\n");
  });

  it('say the same of a missing rule file and a missing event file', () => {
    const { code, stderr } = runEql(['run', 'zzz.toml', '-e', 'zzz.ndjson']);
    expect(code).toBe(3);
    const cure = `Check the spelling; relative paths start from "${ROOT.replace(/\/$/u, '')}".`;
    expect(stderr).toBe(
      `error: No file or folder "zzz.toml". ${cure}\nerror: No file or folder "zzz.ndjson". ${cure}\n`,
    );
  });

  it.each([
    [['my.toml', '--events', 'x'], 'to run rules: eql run my.toml'],
    [['rules', '--events', 'x'], 'to run rules: eql run rules'],
    [['rnu'], 'Did you mean run?'],
    [['rnu'], 'eql --help'],
    [['run', RULE, '--events', EVENTS, '--ouput', 'json'], 'Did you mean --output?'],
    [['run', RULE], 'eql run --help'],
    [['run', '--events', EVENTS, RULE], '--events takes every path behind it, so name the rules before it'],
    [
      ['run', RULE, '--events', 'examples/xdg-autostrat/events.ndjson'],
      'Did you mean "examples/xdg-autostart/events.ndjson"?',
    ],
    [['help', 'qury'], 'there is no command qury. Did you mean "query"?'],
    [['help', 'pack', 'lst'], 'there is no command pack lst. Did you mean "list"?'],
  ])('help with eql %j', (args, expected) => {
    const { stderr } = runEql(args);
    expect(stderr).toMatch(/^error: /u);
    expect(stderr).toContain(expected);
  });
});

it('shows the help of a command below another', () => {
  const { code, stdout } = runEql(['help', 'pack', 'list']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Usage: eql pack list /u);
});

describe('a disk that cannot be used', () => {
  it('is named with its cure', () => {
    const line = (second: number): string =>
      `{"@timestamp":"2024-01-01T00:${String(59 - Math.floor(second / 60)).padStart(2, '0')}:00Z","event.category":"x","pad":"${'a'.repeat(40_000)}"}\n`;
    // Compressed, as lines cannot be read where they stand then.
    const lines = Array.from({ length: 1_200 }, (_, index) => line(index));
    const backwards = folder.write('backwards.ndjson.gz', gzipSync(lines.join('')));
    const { code, stderr } = runEql(['run', RULE, '--events', backwards], { env: { TMPDIR: folder.file('nowhere') } });
    expect(stderr).toMatch(/^error: cannot sort on disk: .*TMPDIR/u);
    expect(code).toBe(3);
  });
});

describe('bad events', () => {
  const good = '{"@timestamp":"2024-01-01T00:00:00Z","event":{"category":"process"},"process":{"name":"x"}}';
  const lines = Buffer.concat([
    Buffer.from(`${good}\n{broken\n[1,2]\n{"event":{"category":"process"}}\n{"@timestamp":"2024-01-01T00:00:01Z"}\n`),
    Buffer.from([
      ...Buffer.from('{"@timestamp":"2024-01-01T00:00:02Z","event.category":"process","x":"'),
      0xff,
      ...Buffer.from('"}\n'),
    ]),
    Buffer.from('{"@timestamp":"2024-01-01T00:00:03Z","event.category":"process","__proto__":{"polluted":1}}\n'),
    Buffer.from(`{"@timestamp":"2024-01-01T00:00:04Z","event.category":"process","big":"${'a'.repeat(10_000_000)}"}\n`),
  ]);
  const rule = '[rule]\nname = "every process"\nquery = "process where true"\n';

  it('are counted by kind and shown with their place, and the run goes on', () => {
    const events = folder.write('bad.ndjson', lines);
    const path = folder.write('every.toml', rule);
    const { code, stdout, stderr } = runEql(['run', path, '--events', events, '-o', 'ndjson']);
    expect(code).toBe(0);
    expect(parseAlerts(stdout)).toHaveLength(4);
    for (const [kind, line] of [
      ['invalid-json', 2],
      ['not-an-object', 3],
      ['missing-timestamp', 4],
      ['missing-category', 5],
      ['invalid-utf8', 6],
    ] as const) {
      expect(stderr).toContain(`warning[${kind}]: 1 `);
      expect(stderr).toContain(`bad.ndjson:${line}: `);
    }
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('make the run fail if a source has no event at all', () => {
    const log = folder.write('plain.log', 'Jan 12 host sshd: hello\nJan 12 host sshd: bye\n\n3\n');
    const path = folder.write('every.toml', rule);
    const { code, stdout, stderr } = runEql(['run', path, '--events', log, EVENTS, '-o', 'ndjson']);
    expect(code).toBe(3);
    expect(parseAlerts(stdout)).not.toHaveLength(0);
    expect(stderr).toContain('error[unreadable-source]: 1 source has not one line that is an event');
    expect(stderr).toMatch(
      /plain\.log:1: none of its 3 lines is an event: events must be one JSON object per line, and/u,
    );
  });

  it('make --strict exit with 3', () => {
    const events = folder.write('bad.ndjson', lines);
    const path = folder.write('every.toml', rule);
    expect(runEql(['run', path, '--events', events, '-o', 'ndjson', '--strict']).code).toBe(3);
  });
});

describe('the README', () => {
  it('has a rule that finds as many events in the example as it says', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const rule = /<!-- test: rule -->\n```toml\n([\s\S]*?)```/u.exec(readme)?.[1] ?? '';
    const said = Number(/this one finds (\d+) events/u.exec(readme)?.[1]);
    const { stdout, code } = runEql(['run', folder.write('readme.toml', rule), '--events', EVENTS, '-o', 'ndjson']);
    expect(code).toBe(0);
    expect(stdout.trim().split('\n')).toHaveLength(said);
  });

  it('has a library example that runs', () => {
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const code = /<!-- test: library -->\n```js\n([\s\S]*?)```/u.exec(readme)?.[1] ?? '';
    const { stdout, status } = runScript(ROOT, code);
    expect(status).toBe(0);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(43);
    expect(lines[0]).toContain('Network Connections Initiated Through XDG Autostart Entry');
  });
});

describe('signals', () => {
  /** Events in descending order, each an alert for the rule `every.toml`. */
  function writeBackwards(name: string, count: number, padding: number): string {
    // Compressed, as lines are read where they stand otherwise.
    const line = (index: number): string =>
      `{"@timestamp":${1_700_000_000_000 - index * 1000},"event.category":"process","pad":"${'a'.repeat(padding)}"}\n`;
    return folder.write(name, gzipSync(Array.from({ length: count }, (_, index) => line(index)).join('')));
  }

  function start(rule: string, events: string, temporary: string) {
    const child = spawn(process.execPath, [EQL, 'run', rule, '--events', events, '-o', 'ndjson'], {
      cwd: ROOT,
      env: { ...process.env, TMPDIR: temporary },
    });
    let stderr = '';
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    return {
      child,
      ended: new Promise((resolve) => child.on('close', (code, signal) => resolve({ code, signal, stderr }))),
    };
  }

  it.each(['SIGINT', 'SIGHUP'] as const)(
    'stop a run that sorts on disk, and its temporary folder is removed: %s',
    async (signal) => {
      const temporary = mkdtempSync(folder.file('tmp-'));
      const { child, ended } = start(RULE, writeBackwards('disk.ndjson.gz', 60_000, 400), temporary);
      while (readdirSync(temporary).length === 0 && child.exitCode === null) await setTimeout(5);
      child.kill(signal);
      expect(await ended).toEqual({ code: null, signal, stderr: '' });
      expect(readdirSync(temporary)).toEqual([]);
    },
  );

  it.skipIf(process.platform === 'win32')('stop a run that waits for somebody who writes to a pipe', async () => {
    const pipe = folder.file('waiting.ndjson');
    execFileSync('/usr/bin/env', ['mkfifo', pipe]);
    const child = spawn(process.execPath, [EQL, 'run', RULE, '--events', pipe, '--verbose'], { cwd: ROOT });
    const signal = new Promise((resolve) => child.once('exit', (_, name) => resolve(name)));
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString();
      if (said.includes('loaded')) child.kill('SIGINT');
    });
    expect(await signal).toBe('SIGINT');
  });

  it('stop a run that has all its events in memory', async () => {
    const rule = folder.write('every.toml', '[rule]\nname = "every process"\nquery = "process where true"\n');
    const { child, ended } = start(rule, writeBackwards('memory.ndjson.gz', 60_000, 10), folder.path);
    child.stdout.once('data', () => {
      child.kill('SIGTERM');
      child.stdout.resume();
    });
    expect(await ended).toEqual({ code: null, signal: 'SIGTERM', stderr: '' });
  });
});

describe('standard output', () => {
  it.skipIf(!existsSync('/dev/full'))('that is full makes the run fail, whatever it found (needs /dev/full)', () => {
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, [EQL, 'run', RULE, '--events', EVENTS, '-o', 'ndjson'], {
      cwd: ROOT,
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    });
    closeSync(full);
    expect(status).toBe(3);
    expect(stderr).toContain(
      'error: standard output cannot be written: the disk is full; what was printed is not complete\n',
    );
  });
});

describe('what kept a rule from looking at an event fully', () => {
  it('is counted and said', () => {
    const rule = folder.write(
      'keys.toml',
      '[rule]\nname = "keys"\nquery = "sequence by a [x where true] [y where true]"\n',
    );
    const keys = JSON.stringify(Array.from({ length: 1_500 }, (_, index) => index));
    const line = (time: number, category: string) =>
      `{"@timestamp":${time},"event":{"category":"${category}"},"a":${keys}}\n`;
    const events = folder.write('keys.ndjson', line(1, 'x') + line(2, 'y'));
    const { code, stdout, stderr } = runEql(['run', rule, '--events', events, '-o', 'ndjson']);
    expect(code).toBe(0);
    expect(parseAlerts(stdout)).toHaveLength(1_000);
    expect(stderr).toContain(
      'warning: keys met more than 1,000 join keys in an event; the others were left out (2 times)\n',
    );
  });
});
