import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KEYS, Terminal } from './terminal.js';

const EVENTS = 'examples/xdg-autostart/events.ndjson';

let folder = '';
const terminals: Terminal[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eql-repl-'));
});
afterEach(() => {
  for (const terminal of terminals.splice(0)) terminal.stop();
  rmSync(folder, { recursive: true });
});

async function open(args: readonly string[] = [EVENTS], size = {}): Promise<Terminal> {
  const terminal = new Terminal(['repl', ...args], { EQL_HISTORY: join(folder, 'history'), EQL_CONFIG: '' }, size);
  terminals.push(terminal);
  await terminal.sees(/^eql>$/mu);
  return terminal;
}

describe('the REPL on a terminal', () => {
  it('answers a query, colours it while it is written, and leaves with .exit', async () => {
    const terminal = await open();
    await terminal.type('any where user.id == "0" | head 1');
    await terminal.sees('eql> any where user.id == "0" | head 1');
    expect(terminal.raw).toContain('\u001b[35mwhere\u001b[39m');
    expect(terminal.raw).toContain('\u001b[32m"0"\u001b[39m');
    await terminal.type(KEYS.enter);
    await terminal.sees(/1 result · 589 events examined in [\d.]+ s/u);
    await terminal.type('.exit');
    await terminal.type(KEYS.enter);
    expect(await terminal.ends()).toBe(0);
  });

  it('edits in the middle of a line', async () => {
    const terminal = await open();
    await terminal.type('any where user.id == ""');
    await terminal.type(KEYS.left);
    await terminal.type('4');
    await terminal.type('2');
    await terminal.sees('eql> any where user.id == "42"');
    await terminal.type(KEYS.enter);
    await terminal.sees('0 results · 589 events examined');
  });

  it('completes categories, fields, values, functions and commands', async () => {
    const terminal = await open();
    await terminal.type('proc');
    await terminal.type(KEYS.tab);
    await terminal.sees('eql> process');
    await terminal.type(' where process.execu');
    await terminal.type(KEYS.tab);
    await terminal.sees('process.executable');
    await terminal.type(KEYS.ctrlU);
    await terminal.type('process where process.name == "sy');
    await terminal.type(KEYS.tab);
    await terminal.type(KEYS.tab);
    await terminal.sees(/"sync-helper"\s+"systemd-tmpfiles"/u);
    await terminal.type('n');
    await terminal.type(KEYS.tab);
    await terminal.sees('eql> process where process.name == "sync-helper"');
    await terminal.type(KEYS.ctrlU);
    await terminal.type('any where cidr');
    await terminal.type(KEYS.tab);
    await terminal.sees('any where cidrMatch(');
    await terminal.type(KEYS.ctrlU);
    await terminal.type('.sch');
    await terminal.type(KEYS.tab);
    await terminal.sees('eql> .schema');
  });

  it('completes any value that a field has in the data, not only frequent ones', async () => {
    const file = join(folder, 'many.ndjson');
    const names = Array.from({ length: 300 }, (_, place) => `tool-${place}.exe`);
    const events = ['reg.exe', ...names.flatMap((name) => [name, name]), 'regsvr32.exe', 'regsvr32.exe'].map(
      (name, place) => ({ '@timestamp': place, 'event.category': 'process', process: { name } }),
    );
    writeFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
    const terminal = await open([file]);
    await terminal.type('process where process.name == "reg');
    await terminal.type(KEYS.tab);
    await terminal.sees(/"regsvr32\.exe"\s+"reg\.exe"\neql> process where process\.name == "reg$/u);
    await terminal.type('.');
    await terminal.type(KEYS.tab);
    await terminal.sees(/== "reg\.exe"$/u);
    await terminal.type(KEYS.ctrlC);
    await terminal.type('process where process.name == "');
    await terminal.type(KEYS.tab);
    await terminal.sees(/… \d+ more\neql> process where process\.name == "$/u);
  });

  it('completes the fields of earlier stages, the arguments of commands, and shows the signature of a function', async () => {
    const terminal = await open([EVENTS, '--dialect', 'endpoint']);
    // Longer than the terminal is wide.
    await terminal.type(
      'sequence [process where process.name == "sh"] as first [network where process.pid == first.process.pi',
    );
    await terminal.type(KEYS.tab);
    await terminal.sees(/first\.proc\ness\.pid$/u);
    await terminal.type(KEYS.ctrlC);
    await terminal.type('process where cidrM');
    await terminal.type(KEYS.tab);
    await terminal.sees(
      /eql> process where cidrMatch\(\ncidrMatch\(address, block, …\)\neql> process where cidrMatch\($/u,
    );
    await terminal.type(KEYS.ctrlC);
    await terminal.type('.dialect en');
    // As far as it is clear, then what there is to choose from.
    await terminal.type(KEYS.tab);
    await terminal.sees(/eql> \.dialect end$/u);
    await terminal.type(KEYS.tab);
    await terminal.sees(/endpoint +endgame\neql> \.dialect end$/u);
    await terminal.type('g');
    await terminal.type(KEYS.tab);
    await terminal.sees(/eql> \.dialect endgame$/u);
    await terminal.type(KEYS.ctrlC);
    await terminal.type('.load examples/xdg');
    await terminal.type(KEYS.tab);
    await terminal.sees(/eql> \.load examples\/xdg-autostart\/$/u);
    await terminal.type(KEYS.ctrlC);
    await terminal.type('.schema process.exec');
    await terminal.type(KEYS.tab);
    await terminal.sees(/eql> \.schema process\.executable$/u);
  });

  it('takes a query over several lines, in which the arrows move, and gives it to the next session as it was', async () => {
    const terminal = await open();
    await terminal.type('sequence by process.entity_id with maxspan=1s');
    await terminal.type(KEYS.enter);
    await terminal.type('[process where process.name == "curl"]');
    await terminal.type(KEYS.enter);
    await terminal.type('[network where true]');
    await terminal.sees(
      /eql> sequence by process\.entity_id with maxspan=1s\n {2}\[process where process\.name == "curl"\]\n {2}\[network where true\]$/u,
    );
    await terminal.type(KEYS.up);
    await terminal.type(KEYS.up);
    await terminal.type(KEYS.end);
    await terminal.type('0');
    await terminal.type(KEYS.left);
    await terminal.type('\u007f3');
    await terminal.type(KEYS.down);
    await terminal.type(KEYS.home);
    await terminal.type(' ');
    await terminal.sees(/maxspan=130\n {3}\[process/u);
    await terminal.type(KEYS.ctrlC);
    await terminal.sees(/\^C\neql>$/u);

    await terminal.type('sequence by process.entity_id');
    await terminal.type(KEYS.enter);
    await terminal.type('[process where process.name == "curl"]');
    await terminal.type(KEYS.enter);
    await terminal.type('[network where true]');
    await terminal.type(KEYS.enter);
    await terminal.type(KEYS.enter);
    await terminal.sees(/\d+ results? · 589 events examined/u);
    await terminal.type(KEYS.ctrlD);
    expect(await terminal.ends()).toBe(0);
    const query = 'sequence by process.entity_id\n  [process where process.name == "curl"]\n  [network where true]';
    expect(readFileSync(join(folder, 'history'), 'utf8')).toBe(`${query.replaceAll('\n', '\\\n')}\n`);

    const next = await open();
    await next.type(KEYS.up);
    await next.sees(`eql> ${query}`);
    await next.type(KEYS.up);
    await next.type(KEYS.end);
    await next.type('\u007f'.repeat('"curl"]'.length));
    await next.type('"sh"]');
    // In the middle of a query that is whole.
    await next.type(KEYS.enter);
    await next.sees(/\d+ results? · 589 events examined/u);
    await next.type(KEYS.up);
    await next.sees(/\n {2}\[process where process\.name == "sh"\]\n {2}\[network where true\]$/u);
    await next.type(KEYS.enter);
    await next.sees(/eql>$/u);
  });

  it('takes what is pasted as one text, and what is typed ahead in its turn', async () => {
    const terminal = await open();
    await terminal.type(
      '\u001b[200~sequence by process.entity_id\r\t[process where process.name == "sh"]\r[network where true]\r\u001b[201~',
    );
    await terminal.sees(
      /eql> sequence by process\.entity_id\n {2}\[process where process\.name == "sh"\]\n\[network where true\]$/u,
    );
    await terminal.type(KEYS.enter);
    await terminal.sees(/\d+ results? · 589 events examined/u);
    await terminal.type('.time off\rany where user.id == "0" | head 1\r.dialect\r');
    await terminal.sees(
      /eql> \.time off\ntime: off\neql> any where user\.id == "0" \| head 1\n┌[^]*\n1 result · 589 events examined\neql> \.dialect\ndialect: elasticsearch\neql>$/u,
    );
    await terminal.type('\u001b[200~.time\r.dialect\r\u001b[201~');
    await terminal.type(KEYS.enter);
    await terminal.sees(/eql> \.time\n\.dialect\ntime: off\ndialect: elasticsearch\neql>$/u);
  });

  it('keeps its place with wide characters and on a narrow terminal', async () => {
    const file = join(folder, 'wide.ndjson');
    const event = { '@timestamp': 0, event: { category: 'process' }, process: { name: '中文字符'.repeat(8), pid: 7 } };
    writeFileSync(file, `${JSON.stringify(event)}\n`);
    const terminal = await open([file], { cols: 24, rows: 40 });
    await terminal.type('any where process.name : "*字*"');
    await terminal.sees(/^eql> any where process\.n\name : "\*字\*"$/mu);
    await terminal.type(KEYS.left);
    await terminal.type(KEYS.left);
    await terminal.type('符');
    await terminal.sees(/^ame : "\*字符\*"$/mu);
    await terminal.type(KEYS.enter);
    await terminal.sees('1 result');
    await terminal.type('.show 1');
    await terminal.type(KEYS.enter);
    await terminal.sees(
      /process\.name\n(?: {2}中文字符中文字符中文字\n {2}符中文字符中文字符中文\n {2}字符中文字符中文字符\n)? {2}/u,
    );
  });

  it('finds a query of several lines in the history, and leaves it to be edited', async () => {
    const query = 'sequence by process.entity_id\n  [process where process.name == "curl"]\n  [network where true]';
    writeFileSync(join(folder, 'history'), `${query.replaceAll('\n', '\\\n')}\nany where true\n`);
    const terminal = await open();
    await terminal.type(KEYS.ctrlR);
    await terminal.type('curl');
    await terminal.sees('bck-i-search: curl_');
    await terminal.type(KEYS.end);
    await terminal.sees(
      /D leaves\neql> sequence by process\.entity_id\n {2}\[process where process\.name == "curl"\]\n {2}\[network where true\]$/u,
    );
    await terminal.type(KEYS.enter);
    await terminal.sees(/31 results · 589 events examined/u);
    await terminal.type(KEYS.ctrlR);
    await terminal.type('network');
    await terminal.type(`${KEYS.enter}.time off${KEYS.enter}`);
    await terminal.sees('time: off');
    const again = terminal.scrollback.slice(terminal.scrollback.indexOf('31 results'));
    expect(again).toMatch(
      /eql> sequence by process\.entity_id\n {2}\[process where process\.name == "curl"\]\n {2}\[network where true\]\n● sequence 1/u,
    );
    expect(again).toMatch(/31 results[^]*31 results/u);
    await terminal.type('any');
    await terminal.type(KEYS.up);
    await terminal.sees(/eql> any where true$/u);
    await terminal.type(KEYS.down);
    await terminal.sees(/eql> any$/u);
    expect(readFileSync(join(folder, 'history'), 'utf8')).toBe(
      `${query.replaceAll('\n', '\\\n')}\nany where true\n${query.replaceAll('\n', '\\\n')}\n.time off\n`,
    );
  });

  it('searches the history of an earlier session', async () => {
    writeFileSync(join(folder, 'history'), 'any where user.id == "7"\nprocess where true\n');
    const terminal = await open();
    await terminal.type(KEYS.ctrlR);
    await terminal.type('user');
    await terminal.sees('eql> any where user.id == "7"');
    await terminal.type(KEYS.enter);
    await terminal.sees('0 results');
  });

  it('cancels with Ctrl-C the loading of the files that the command line names, and goes on with what is there', async () => {
    const events = join(folder, 'big.ndjson');
    const block = '{"@timestamp":1,"event":{"category":"process"},"process":{"name":"sh"}}\n'.repeat(200_000);
    for (let part = 0; part < 6; part += 1) appendFileSync(events, block);
    const terminal = new Terminal(['repl', events], { EQL_HISTORY: join(folder, 'history'), EQL_CONFIG: '' });
    terminals.push(terminal);
    // The bar is there before anything is read.
    await terminal.sees(/\d%/u);
    await terminal.type(KEYS.ctrlC);
    await terminal.sees(/cancelled: [\d,]+ events loaded, [\d,]+ events in all[^]*^eql>$/mu);
    const [, loaded = ''] = /cancelled: ([\d,]+)/u.exec(terminal.screen) ?? [];
    expect(Number(loaded.replaceAll(',', ''))).toBeLessThan(1_200_000);
    await terminal.type(`.load ${EVENTS}${KEYS.enter}`);
    await terminal.sees('589 events loaded');
    await terminal.type(`.exit${KEYS.enter}`);
    expect(await terminal.ends()).toBe(0);
  });

  it('cancels a running query with Ctrl-C, and goes on', async () => {
    const events = join(folder, 'many.ndjson');
    const line = (id: number): string => `{"@timestamp":${id},"event":{"category":"process"},"text":"a${id}"}\n`;
    writeFileSync(events, Array.from({ length: 20_000 }, (_, id) => line(id)).join(''));
    const terminal = await open([events]);
    await terminal.type('process where text regex ".*(a|aa)*a.*(a|aa)*b.*"');
    // At once, however fast the query is.
    await terminal.type(`${KEYS.enter}${KEYS.ctrlC}`);
    await terminal.sees(/cancelled: 0 results · [\d,]+ events? examined/u);
    await terminal.type('.time');
    await terminal.type(KEYS.enter);
    await terminal.sees('time: on');
  });

  it('draws a bar while it loads many events, and takes it away', async () => {
    const events = join(folder, 'many.ndjson');
    const line = (id: number): string =>
      `{"@timestamp":${id},"event":{"category":"process"},"text":"${'x'.repeat(200)}"}\n`;
    writeFileSync(events, Array.from({ length: 120_000 }, (_, id) => line(id)).join(''));
    const terminal = await open([events]);
    // How often it is drawn depends on how fast the machine is.
    expect(terminal.raw).toMatch(/█+░* \d+% \| \d+ events \|/u);
    expect(terminal.scrollback).not.toContain('█');
    expect(terminal.scrollback).toContain('120,000 events loaded');
    await terminal.type('.load examples/xdg-autostart\r');
    await terminal.sees('589 events loaded, 120,589 events in all');
    const quiet = await open([events, '--quiet']);
    expect(quiet.raw).not.toContain('█');
  });

  it('pages what does not fit the screen', async () => {
    const terminal = await open();
    await terminal.type('.schema');
    await terminal.type(KEYS.enter);
    await terminal.sees('… Enter or .more shows more');
    const first = terminal.screen;
    await terminal.type('.more');
    await terminal.type(KEYS.enter);
    await terminal.sees(/eql> \.more/u);
    await terminal.sees('host.os.Ext.variant');
    expect(terminal.screen).not.toBe(first);
    await terminal.type(KEYS.enter);
    await terminal.sees('process.parent.pid');
    await terminal.type('any where true');
    await terminal.type(KEYS.enter);
    await terminal.sees('589 results · 589 events examined');
    // Each page is a table of its own, with its titles.
    expect(terminal.screen).toMatch(/│ @timestamp[^]*└─+[^\n]*┘\n… Enter or \.more shows more\n589 results/u);
    const page = terminal.screen;
    await terminal.type(KEYS.enter);
    expect(terminal.screen).toMatch(/│ @timestamp[^]*└─+[^\n]*┘\n… Enter or \.more shows more\neql>$/u);
    expect(terminal.screen).not.toContain(page);
  });

  it('shows an error with a caret, and a hint for an unknown command', async () => {
    const terminal = await open();
    await terminal.type('process where user.id = "0"');
    await terminal.type(KEYS.enter);
    await terminal.sees(/\^/u);
    await terminal.type('.shcema');
    await terminal.type(KEYS.enter);
    await terminal.sees('Did you mean ".schema"?');
  });

  it('shows a rule, runs it, and offers its query for editing', async () => {
    const terminal = await open();
    await terminal.type('.rules rules/elastic');
    await terminal.type(KEYS.enter);
    await terminal.sees('1 rule run · 43 alerts');
    await terminal.type('.rule xdg');
    await terminal.type(KEYS.enter);
    await terminal.sees('43 alerts');
    await terminal.sees(/eql> sequence by host\.id, process\.entity_id with maxspan=1s\n/u);
    // As the rule writes it, and whole: it runs at once.
    await terminal.type(KEYS.enter);
    await terminal.sees(/43 results · 589 events examined/u);
  });

  it('asks before it puts an edited query back into its rule', async () => {
    const file = join(folder, 'rule.toml');
    const text = '[rule]\nname = "r"\nquery = "any where user.id == \\"0\\" | head 1"\n';
    writeFileSync(file, text);
    const terminal = await open();
    await terminal.type(`.rules ${file}\r`);
    await terminal.sees('1 rule run');
    await terminal.type('.rule r\r');
    await terminal.sees(/eql> any where user\.id == "0" \| head 1$/u);
    await terminal.type('\u007f2\r');
    await terminal.sees('2 results');
    await terminal.type('.save\r');
    await terminal.sees('in place of its own? [y/N]:');
    await terminal.type('\r');
    await terminal.sees('nothing was saved');
    expect(readFileSync(file, 'utf8')).toBe(text);
    await terminal.type('.save\r');
    await terminal.type('y\r');
    await terminal.sees(`saved in ${file}`);
    expect(readFileSync(file, 'utf8')).toBe(text.replace('head 1', 'head 2'));
  });

  it('asks again for a severity that there is not, and saves nothing after Ctrl-C', async () => {
    const terminal = await open();
    await terminal.type('any where user.id == "0" | head 1\r');
    await terminal.sees('1 result');
    const file = join(folder, 'none.toml');
    await terminal.type(`.save ${file}\r`);
    await terminal.type('A name\rA description\rhuge\r');
    await terminal.sees('there is no severity huge; there are low, medium, high, critical');
    await terminal.type(KEYS.ctrlC);
    await terminal.sees(/\[low\]: \^C\nnothing was saved\neql>$/u);
    expect(existsSync(file)).toBe(false);
    await terminal.type(KEYS.up);
    await terminal.sees(`eql> .save ${file}`);
  });

  it('follows a file whose events are mapped', async () => {
    const events = readFileSync('examples/auditbeat/events.ndjson', 'utf8').trim().split('\n');
    const terminal = await open(['examples/auditbeat', '--map', 'auditbeat']);
    await terminal.type(
      'network where event.action == "connection_attempted" and process.executable == "/usr/bin/git"\r',
    );
    await terminal.sees(/\d+ results? · 53 events examined/u);
    const found = /(\d+) results? · 53/u.exec(terminal.screen)?.[1] ?? '';
    const file = join(folder, 'auditbeat.ndjson');
    writeFileSync(file, '');
    await terminal.type(`.follow ${file}\r`);
    await terminal.sees('Ctrl-C ends it');
    appendFileSync(file, `${events.join('\n')}\nno json\n`);
    // One table for what came at once.
    await terminal.sees(/Ctrl-C ends it\nnew line 54 is no event: [^┌]*\n┌[^┌]*│ 1 │[^┌]*│ git[^┌]*┘$/u);
    await terminal.type(KEYS.ctrlC);
    await terminal.sees(new RegExp(`\\^C\\n${found} results, 1 line could not be read as an event\\neql>$`, 'u'));
    await terminal.type('.show 1\r');
    await terminal.sees(/event\.category +network {2}←/u);
  });

  it('follows a file until Ctrl-C', async () => {
    const terminal = await open();
    await terminal.type('any where user.id == "0" | head 1\r');
    await terminal.sees('1 result');
    const file = join(folder, 'growing.ndjson');
    await terminal.type(`.follow ${file}\r`);
    await terminal.sees(`error: cannot read ${file}: no such file`);
    writeFileSync(file, '');
    await terminal.type(`.follow ${file}\r`);
    await terminal.sees('Ctrl-C ends it');
    appendFileSync(file, '{"@timestamp":"2026-01-01T00:00:00Z","user":{"id":"0"},"host":{"name":"grown"}}\n');
    await terminal.sees(/│ grown/u);
    await terminal.type(KEYS.ctrlC);
    await terminal.sees(/\^C\n1 result\neql>$/u);
  });

  it.skipIf(process.platform === 'win32')('follows no pipe and no folder', async () => {
    const terminal = await open();
    await terminal.type('any where true | head 1\r');
    const pipe = join(folder, 'pipe');
    execFileSync('/usr/bin/env', ['mkfifo', pipe]);
    await terminal.type(`.follow ${pipe}\r`);
    await terminal.sees(`error: cannot follow ${pipe}: it is no regular file`);
    await terminal.type(`.follow ${folder}\r`);
    await terminal.sees(`error: cannot follow ${folder}: it is a folder`);
  });

  it.skipIf(process.platform === 'win32')(
    'follows a file that takes the place of another, as logs are rotated',
    async () => {
      const terminal = await open();
      await terminal.type('any where true | head 100\r');
      const file = join(folder, 'rotated.ndjson');
      const event = (name: string): string => `{"@timestamp":"2026-01-01T00:00:00Z","host":{"name":"${name}"}}\n`;
      writeFileSync(file, event('before'));
      await terminal.type(`.follow ${file}\r`);
      await terminal.sees('Ctrl-C ends it');
      renameSync(file, `${file}.1`);
      appendFileSync(`${file}.1`, event('last'));
      await terminal.sees(/│ last/u);
      writeFileSync(file, event('first'));
      await terminal.sees(/rotated\.ndjson was replaced and is followed from its start\n[^]*│ first/u);
      await terminal.type(KEYS.ctrlC);
      await terminal.sees(/\^C\n2 results\neql>$/u);
    },
  );

  it('says once that the history can no longer be kept, and goes on', async () => {
    const history = join(folder, 'state', 'history');
    const terminal = new Terminal(['repl', EVENTS], { EQL_HISTORY: history, EQL_CONFIG: '' });
    terminals.push(terminal);
    await terminal.sees(/^eql>$/mu);
    if (process.platform !== 'win32') expect(statSync(history).mode & 0o777).toBe(0o600);
    rmSync(join(folder, 'state'), { recursive: true });
    await terminal.type('any where true | head 1\r');
    await terminal.sees(/the history is not kept: ENOENT[^]*1 result/u);
    await terminal.type('any where true | head 2\r');
    await terminal.sees('2 results');
    expect(terminal.screen.match(/not kept/gu)).toHaveLength(1);
  });

  it('shows no control characters of the history file', async () => {
    writeFileSync(join(folder, 'history'), 'any where process.name == "\u001b]0;title\u0007x\u009b31m"\n');
    const terminal = await open();
    await terminal.type(KEYS.up);
    await terminal.sees('eql> any where process.name == "]0;titlex31m"');
    expect(terminal.raw).not.toMatch(/\u001b\]0|\u009b/u);
  });

  it('keeps control characters of rules and events from the terminal, in the line and in completion, too', async () => {
    const rule = join(folder, 'evil.toml');
    const query = 'any where process.name != \\"\\u001b[31;5m\\"\\u001b[31;5m';
    writeFileSync(rule, `[rule]\nname = "Evil \\u001b[31;5m"\nquery = "${query}"\n`);
    const events = join(folder, 'evil.ndjson');
    const name = '\u001b[31;5mx';
    writeFileSync(events, `${JSON.stringify({ '@timestamp': 0, 'a\u001b[31;5m': 1, process: { name } })}\n`);
    const terminal = await open([events]);
    await terminal.type(`.rules ${rule}\r.rule evil\r`);
    await terminal.type(KEYS.ctrlC);
    await terminal.type('any where process.name == "');
    await terminal.type(`${KEYS.tab}${KEYS.tab}${KEYS.ctrlC}.schema ${KEYS.tab}${KEYS.tab}${KEYS.ctrlC}`);
    await terminal.type('any where true\r.show 1\r.schema\r.schema process.name\r.explain\r');
    await terminal.sees(/eql> \.explain\n[^]*eql>$/u);
    expect(terminal.raw).not.toContain('\u001b[31;5m');
  });

  it('asks for the metadata of a rule that is saved', async () => {
    const terminal = await open();
    await terminal.type('any where user.id == "0" | head 1');
    await terminal.type(KEYS.enter);
    await terminal.sees('1 result');
    const file = join(folder, 'my_rule.toml');
    await terminal.type(`.save ${file}`);
    await terminal.type(KEYS.enter);
    await terminal.sees('name [my rule]:');
    await terminal.type('Root is here');
    await terminal.type(KEYS.enter);
    await terminal.sees('description:');
    await terminal.type('Somebody works as root.');
    await terminal.type(KEYS.enter);
    await terminal.sees('severity (low');
    await terminal.type('high');
    await terminal.type(KEYS.enter);
    await terminal.sees('saved as');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('name = "Root is here"');
    expect(text).toContain('severity = "high"');
    expect(text).toContain('any where user.id == "0" | head 1');
  });
});
