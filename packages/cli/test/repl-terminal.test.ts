import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

async function open(args: readonly string[] = [EVENTS]): Promise<Terminal> {
  const terminal = new Terminal(['repl', ...args], { EQL_HISTORY: join(folder, 'history'), EQL_CONFIG: '' });
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

  it('takes a query over several lines, and keeps it as one entry of the history', async () => {
    const terminal = await open();
    await terminal.type('sequence by process.entity_id with maxspan=1s');
    await terminal.type(KEYS.enter);
    await terminal.sees('...>');
    await terminal.type('  [process where process.name == "curl"]');
    await terminal.type(KEYS.enter);
    await terminal.type('  [network where true]');
    await terminal.type(KEYS.enter);
    await terminal.type(KEYS.enter);
    await terminal.sees(/\d+ results? · 589 events examined/u);
    await terminal.type(KEYS.up);
    await terminal.sees(/eql> sequence by process\.entity_id with maxspan=1s \[process where/u);
    await terminal.type(KEYS.ctrlC);
    await terminal.type(KEYS.ctrlD);
    expect(await terminal.ends()).toBe(0);
    expect(readFileSync(join(folder, 'history'), 'utf8')).toContain(
      'sequence by process.entity_id with maxspan=1s [process where process.name == "curl"] [network where true]',
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

  it('cancels a running query with Ctrl-C, and goes on', async () => {
    const events = join(folder, 'many.ndjson');
    // Texts that differ, and a pattern that looks for its end from each of their characters.
    const line = (id: number): string =>
      `{"@timestamp":${id},"event":{"category":"process"},"text":"${id} ${'a'.repeat(3_000)}"}\n`;
    writeFileSync(events, Array.from({ length: 20_000 }, (_, id) => line(id)).join(''));
    const terminal = await open([events]);
    await terminal.type('process where text regex ".*(a|aa)*a.*(a|aa)*b.*"');
    await terminal.type(KEYS.enter);
    await terminal.type(KEYS.ctrlC);
    await terminal.sees(/cancelled: 0 results · [\d,]+ events? examined/u);
    await terminal.type('.time');
    await terminal.type(KEYS.enter);
    await terminal.sees('time: on');
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
    await terminal.sees('Did you mean "schema"?');
  });

  it('shows a rule, runs it, and offers its query for editing', async () => {
    const terminal = await open();
    await terminal.type('.rules rules/elastic');
    await terminal.type(KEYS.enter);
    await terminal.sees('1 rule run · 43 alerts');
    await terminal.type('.rule xdg');
    await terminal.type(KEYS.enter);
    await terminal.sees('43 alerts');
    await terminal.sees(/eql> sequence by host\.id, process\.entity_id/u);
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
