import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EQL } from './run-eql.js';
import { KEYS, Terminal } from './terminal.js';
import { useTestFolder } from './test-folder.js';

/** Where a program lies, by the PATH. */
function findProgram(name: string): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

const BASH_COMPLETION = '/usr/share/bash-completion/bash_completion';

/** A shell that runs on a terminal without anybody's settings, and how it learns to complete. */
interface Shell {
  readonly name: string;
  readonly file: string | null;
  readonly args: readonly string[];
  readonly setUp: readonly string[];
}

const SHELLS: readonly Shell[] = [
  {
    name: 'bash',
    file: findProgram('bash'),
    args: ['--noprofile', '--norc'],
    setUp: ["bind 'set bell-style none' 'set show-all-if-ambiguous on'", 'source <(eql completion bash)'],
  },
  {
    name: 'bash with bash-completion',
    file: existsSync(BASH_COMPLETION) ? findProgram('bash') : null,
    args: ['--noprofile', '--norc'],
    setUp: [
      "bind 'set bell-style none' 'set show-all-if-ambiguous on'",
      `source ${BASH_COMPLETION}`,
      'source <(eql completion bash)',
    ],
  },
  {
    name: 'zsh',
    file: findProgram('zsh'),
    args: ['-f'],
    setUp: ['unsetopt beep; bindkey -e', 'autoload -Uz compinit && compinit -u -D', 'source <(eql completion zsh)'],
  },
  {
    name: 'fish',
    file: findProgram('fish'),
    args: ['--no-config', '--init-command', "function fish_prompt; printf '$ '; end"],
    setUp: ['eql completion fish | source'],
  },
];

const folder = useTestFolder();
const terminals: Terminal[] = [];
beforeAll(() => {
  mkdirSync(folder.file('bin'));
  symlinkSync(EQL, folder.file('bin/eql'));
  for (const name of ['events one.ndjson', 'odd:name.ndjson', 'my map.toml', 'notes.txt'])
    folder.write(`work/${name}`, '');
});
afterAll(async () => {
  for (const terminal of terminals) {
    terminal.stop();
    // Shells write their history when they end, into the folder that is removed then.
    await terminal.ends();
  }
});

async function open({ file, args, setUp }: Shell): Promise<Terminal> {
  if (file === null) throw new Error('the shell is not installed');
  const path = [folder.file('bin'), dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
  const home = folder.path;
  const env = { PATH: path, HOME: home, PS1: '$ ', EQL_CONFIG: '', INPUTRC: '/dev/null', XDG_CONFIG_HOME: home };
  const terminal = new Terminal(args, env, { program: [file], cwd: folder.file('work') });
  terminals.push(terminal);
  await terminal.sees(/\$ $|\$$/u);
  for (const line of setUp) await terminal.type(`${line}${KEYS.enter}`);
  await terminal.type(`clear; echo ready${KEYS.enter}`);
  await terminal.sees(/^ready\n\$/mu);
  return terminal;
}

/** What is typed, where Tab and a Z follow, and the line that comes of it. */
const COMPLETIONS: readonly (readonly [typed: string, line: string])[] = [
  ['eql qu', 'eql query Z'],
  ['eql -v che', 'eql -v check Z'],
  ['true; LANG=C eql qu', 'true; LANG=C eql query Z'],
  ['eql pack inf', 'eql pack info Z'],
  ['eql query --dialect endp', 'eql query --dialect endpoint Z'],
  ['eql query --output=nd', 'eql query --output=ndjson Z'],
  ['eql query --strict-s', 'eql query --strict-schema Z'],
  ['eql run rules --events a b --fail', 'eql run rules --events a b --fail-on-alert Z'],
  ['eql help pack inf', 'eql help pack info Z'],
  ['eql config show sch', 'eql config show schema Z'],
  ['eql config show schema l', 'eql config show schema learn Z'],
  ['eql new --tactic persis', 'eql new --tactic persistence Z'],
  // Files, by the shell's own means.
  ['eql query x eve', 'eql query x events\\ one.ndjson Z'],
  ['eql query \'any where a : "b"\' eve', 'eql query \'any where a : "b"\' events\\ one.ndjson Z'],
  ['eql query x "events o', 'eql query x "events one.ndjson" Z'],
  ['eql run rules --events not', 'eql run rules --events notes.txt Z'],
  ['eql query x y --map aud', 'eql query x y --map auditbeat Z'],
  ['eql query x y --map my', 'eql query x y --map my\\ map.toml Z'],
  ['eql query x y --map=my', 'eql query x y --map=my\\ map.toml Z'],
  // Nothing is offered where there is nothing to say, not even files.
  ['eql query x y --fields eve', 'eql query x y --fields eveZ'],
  ['eql query eve', 'eql query eveZ'],
  // What was typed is not run.
  ['eql query "$(touch ran)" --dialect endp', 'eql query "$(touch ran)" --dialect endpoint Z'],
];

describe.concurrent.each(SHELLS)('completion in $name', (shell) => {
  const about = shell.file === null ? ` (skipped: ${shell.name} is not installed)` : '';

  it.skipIf(shell.file === null)(`completes what is typed${about}`, async () => {
    const terminal = await open(shell);
    // bash takes a colon for the end of a word, unless it is quoted.
    const colon = shell.name.startsWith('bash') ? 'odd\\:name.ndjson' : 'odd:name.ndjson';
    for (const [typed, line] of [...COMPLETIONS, ['eql query x odd', `eql query x ${colon} Z`]]) {
      await terminal.type(`${typed}${KEYS.tab}Z`);
      await terminal.sees(`$ ${line}`);
      await terminal.type(KEYS.ctrlU);
    }
    expect(existsSync(folder.file('work/ran'))).toBe(false);
  });

  it.skipIf(shell.file === null)(`lists what may come${about}`, async () => {
    const terminal = await open(shell);
    await terminal.type(`eql query x y --map ${KEYS.tab}`);
    await terminal.sees(/auditbeat[^]*sysmon-winlogbeat6/u);
    expect(terminal.screen).toMatch(/my\\? map\.toml/u);
    const other = await open(shell);
    await other.type(`eql pack ${KEYS.tab}`);
    await other.sees(/info[^]*list[^]*show/u);
    if (!shell.name.startsWith('bash')) expect(other.screen).toContain('list the rules of packs');
    expect(other.screen).not.toContain('notes.txt');
  });
});
