import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_CASES, CASE_FILES } from './command-cases.js';
import { EqlProcess, runEql, type CommandResult } from './run-eql.js';
import { splitCommand } from './split-command.js';
import { useTestFolder } from './test-folder.js';

const folder = useTestFolder();
const eql = new EqlProcess();
beforeAll(() => {
  for (const [name, content] of Object.entries(CASE_FILES)) folder.write(name, content);
});
afterAll(() => {
  eql.stop();
});

/** Nobody's settings. */
const ENV = { EQL_CONFIG: '', EQL_HISTORY: '' };

function run(line: string): Promise<CommandResult> {
  return eql.run(splitCommand(line), { cwd: folder.path, env: ENV });
}

/** What the help of a command says about it. */
interface Described {
  /** `run --events`; by their long names. */
  readonly flags: readonly string[];
  /** `run 3`. */
  readonly exitCodes: readonly string[];
}

/** The commands and their flags as the command itself describes them, found from its own help downwards. */
async function describeCommands(words: readonly string[] = []): Promise<ReadonlyMap<string, Described>> {
  const { stdout } = await run([...words, '--help'].join(' '));
  const name = words.join(' ');
  const section = (title: string): string =>
    new RegExp(`^${title}:\\n([^]*?)(?:\\n\\n|(?![^]))`, 'mu').exec(stdout)?.[1] ?? '';
  const flags = [...section('Options').matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gmu)].map(([, flag = '']) => flag);
  const codes = [...section('Exit codes').matchAll(/^ {2}(\d) /gmu)].map(([, code = '']) => `${name} ${code}`);
  const described = new Map<string, Described>([
    [name, { flags: flags.filter((flag) => flag !== '--help').map((flag) => `${name} ${flag}`), exitCodes: codes }],
  ]);
  for (const [, child = ''] of section('Commands').matchAll(/^ {2}(\w+)/gmu)) {
    if (child !== 'help') for (const entry of await describeCommands([...words, child])) described.set(...entry);
  }
  return described;
}

describe('the built command', () => {
  it.each(COMMAND_CASES)('eql $line', async ({ line, input, code, out, notOut, err, file }) => {
    const result =
      input === undefined ? await run(line) : runEql(splitCommand(line), { input, cwd: folder.path, env: ENV });
    expect(result.code, result.stderr).toBe(code);
    if (out !== undefined) expect(result.stdout, result.stderr).toMatch(out);
    if (notOut !== undefined) expect(result.stdout).not.toMatch(notOut);
    if (err !== undefined) expect(result.stderr).toMatch(err);
    if (file !== undefined) expect(folder.read(file[0])).toMatch(file[1]);
  });
});

describe('the lines above', () => {
  it('exercise every command, every flag and every exit code that the help names', async () => {
    const commands = await describeCommands();
    expect(commands.size).toBeGreaterThan(12);
    const exercised = new Set<string>();
    for (const { line, code } of COMMAND_CASES) {
      const words = splitCommand(line);
      const command = [2, 1].map((count) => words.slice(0, count).join(' ')).find((name) => commands.has(name)) ?? '';
      exercised.add(command).add(`${command} ${String(code)}`);
      for (const word of words) exercised.add(`${command} ${word}`).add(` ${word}`);
    }
    // What ends with a signal is a matter of terminals, and of their tests.
    const wanted = [...commands.values()].flatMap(({ flags, exitCodes }) => [...flags, ...exitCodes]);
    expect(wanted.length).toBeGreaterThan(90);
    expect(wanted.filter((one) => !exercised.has(one))).toEqual([]);
  });
});
