import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT, runEql } from './run-eql.js';
import { KEYS, Terminal } from './terminal.js';

const EVENTS = 'examples/xdg-autostart/events.ndjson';

/** The blocks of `text` on a page. */
function blocksOf(page: string): readonly string[] {
  return [...readFileSync(join(ROOT, page), 'utf8').matchAll(/```text\n([^]*?)```/gu)].map(([, text = '']) => text);
}

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eql-recording-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Keys that are pressed one after the other, how many rows the terminal has, and what it shows at the end. */
interface Session {
  readonly name: string;
  readonly rows: number;
  readonly keys: readonly string[];
  readonly end: RegExp;
}

/** The prompt, where something was run. */
const PROMPT = /\neql>$/u;

/** The sessions that docs/repl.md shows, in the order of its blocks. */
const SESSIONS: readonly Session[] = [
  {
    name: 'a query, and a result of it',
    rows: 30,
    end: PROMPT,
    keys: [
      'process where process.name == "sync-helper" and event.action == "exec" | head 3',
      KEYS.enter,
      '.columns process.executable, process.parent.name',
      KEYS.enter,
      KEYS.up,
      KEYS.up,
      KEYS.enter,
    ],
  },
  { name: 'an error', rows: 30, end: PROMPT, keys: ['process where process.name = "sh"', KEYS.enter] },
  {
    name: 'completion',
    rows: 30,
    end: /process\.executable$/u,
    keys: [
      'process where process.name == "sy',
      KEYS.tab,
      'n',
      KEYS.tab,
      ' and start',
      KEYS.tab,
      'process.exec',
      KEYS.tab,
    ],
  },
  {
    name: 'a sequence over several lines, and its first result whole',
    rows: 22,
    end: /\n… Enter or \.more shows more\neql>$/u,
    keys: [
      'sequence by process.entity_id with maxspan=400ms',
      KEYS.enter,
      '[process where process.name == "sync-helper"]',
      KEYS.enter,
      '[network where destination.port == 443]',
      KEYS.enter,
      KEYS.enter,
      '.show 1',
      KEYS.enter,
    ],
  },
  {
    name: 'why a query found nothing',
    rows: 40,
    end: PROMPT,
    keys: [
      'network where process.executable : "/home/*" and destination.port == 4444',
      KEYS.enter,
      '.explain',
      KEYS.enter,
    ],
  },
];

/** Figures that differ from run to run. */
function steady(screen: string): string {
  return screen.replace(/\d+\.\d\d s$/gmu, '… s');
}

async function play({ rows, keys, end }: Session): Promise<string> {
  const terminal = new Terminal(['repl', EVENTS], { EQL_HISTORY: join(folder, 'history'), EQL_CONFIG: '' }, { rows });
  try {
    await terminal.sees(/^eql>$/mu);
    for (const key of keys) await terminal.type(key);
    await terminal.sees(end);
    const screen = terminal.scrollback.split('\n');
    const begin = screen.findIndex((line) => line.startsWith('.help shows')) + 1;
    return steady(`${screen.slice(begin).join('\n')}\n`);
  } finally {
    terminal.stop();
  }
}

describe('docs/repl.md', () => {
  const blocks = blocksOf('docs/repl.md');
  it('shows as many sessions as are played here', () => {
    expect(blocks).toHaveLength(SESSIONS.length);
  });
  it.each(SESSIONS.map((session, place) => ({ ...session, shown: blocks[place] ?? '' })))(
    'shows $name as the terminal does',
    async ({ shown, ...session }) => {
      expect(await play(session)).toBe(shown);
    },
  );
});

describe('README.md', () => {
  const [alert = '', diagnostic = ''] = blocksOf('README.md');

  it('shows an alert of the demo, and its summary', () => {
    const { stdout, stderr } = runEql(['run', 'rules/elastic', '--events', EVENTS], { env: { COLUMNS: '100' } });
    const [first = '', summary = ''] = alert.split('…\n');
    expect(stdout).toContain(first);
    expect(stderr).toContain(summary.replace(/ · …\n$/u, ''));
  });

  it('shows a finding of eql check as it is drawn', () => {
    mkdirSync(join(folder, 'rules'));
    const query = 'process where process.name == "cmd*"';
    writeFileSync(join(folder, 'rules/shell.toml'), `[rule]\nname = "Shell"\nquery = '''\n${query}\n'''\n`);
    const { stdout } = runEql(['check', 'rules'], { cwd: folder });
    expect(stdout).toContain(diagnostic.trimEnd());
  });
});
