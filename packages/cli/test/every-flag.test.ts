import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMAND_CASES, CASE_FILES, type CommandCase } from './command-cases.js';
import { describeCommands, type DescribedCommand, type DescribedFlag } from './described-commands.js';
import { EqlProcess, runEql, type CommandResult } from './run-eql.js';
import { splitCommand } from './split-command.js';
import { useTestFolder } from './test-folder.js';

const folder = useTestFolder();
const eql = new EqlProcess();
let commands: ReadonlyMap<string, DescribedCommand> = new Map();
beforeAll(async () => {
  writeCaseFiles();
  commands = await describeCommands(async (words) => (await run([...words, '--help'])).stdout);
});
afterAll(() => {
  eql.stop();
});

function writeCaseFiles(): void {
  for (const [name, content] of Object.entries(CASE_FILES)) folder.write(name, content);
}

/** Nobody's settings. */
const ENV = { EQL_CONFIG: '', EQL_HISTORY: '' };

/** Runs a command in a process of its own if it is to have standard input. */
function run(words: readonly string[], input?: string): Promise<CommandResult> {
  const options = { cwd: folder.path, env: ENV };
  if (input === undefined) return eql.run(words, options);
  const { code, stdout, stderr } = runEql(words, { ...options, input });
  return Promise.resolve({ code: code ?? -1, stdout, stderr });
}

function expectOutcome({ code, out, notOut, err, file }: CommandCase, result: CommandResult): void {
  expect(result.code, result.stderr).toBe(code);
  if (out !== undefined) expect(result.stdout, result.stderr).toMatch(out);
  if (notOut !== undefined) expect(result.stdout).not.toMatch(notOut);
  if (err !== undefined) expect(result.stderr).toMatch(err);
  if (file !== undefined) expect(folder.read(file[0])).toMatch(file[1]);
}

function hasOutcome(one: CommandCase, result: CommandResult): boolean {
  try {
    expectOutcome(one, result);
    return true;
  } catch {
    return false;
  }
}

describe('the built command', () => {
  it.each(COMMAND_CASES)('eql $line', async (one) => {
    expectOutcome(one, await run(splitCommand(one.line), one.input));
  });
});

/** The name of the command of a line: as many words as name one. */
function commandOf(words: readonly string[]): string {
  return [2, 1, 0].map((count) => words.slice(0, count).join(' ')).find((name) => commands.has(name)) ?? '';
}

/** A line without one of its flags; `null` if it has not got it. */
function withoutFlag(words: readonly string[], { names, takesValue }: DescribedFlag): readonly string[] | null {
  const place = words.findIndex((word) => names.includes(word));
  return place === -1 ? null : [...words.slice(0, place), ...words.slice(place + (takesValue ? 2 : 1))];
}

describe('the lines above', () => {
  it('exercise every command, every exit code and every value to choose that the help names', () => {
    expect(commands.size).toBeGreaterThan(12);
    for (const [name, { exitCodes, examples, isGroup }] of commands) {
      expect(examples, name).not.toEqual([]);
      if (!isGroup && name !== '') expect(exitCodes, name).not.toEqual([]);
    }
    const exercised = new Set<string>();
    for (const { line, code } of COMMAND_CASES) {
      const words = splitCommand(line);
      const command = commandOf(words);
      exercised.add(command).add(`${command} ${String(code)}`);
      for (const { names, choices } of commands.get(command)?.flags ?? []) {
        const value = words[words.findIndex((word) => names.includes(word)) + 1] ?? '';
        if (choices.includes(value)) exercised.add(`${command} ${names.at(-1) ?? ''} ${value}`);
      }
    }
    // What ends with a signal is a matter of terminals, and of their tests.
    const wanted = [...commands].flatMap(([name, { flags, exitCodes, isGroup }]) => [
      ...(isGroup ? [] : [name]),
      ...exitCodes.map((code) => `${name} ${code}`),
      ...flags.flatMap(({ names, choices }) => choices.map((choice) => `${name} ${names.at(-1) ?? ''} ${choice}`)),
    ]);
    expect(wanted.length).toBeGreaterThan(80);
    expect(wanted.filter((one) => !exercised.has(one))).toEqual([]);
  });

  it('tell of every flag whether it is given: without it, one of them comes to something else', async () => {
    const undecided: string[] = [];
    let flagCount = 0;
    for (const [name, { flags }] of commands) {
      for (const flag of flags) {
        flagCount += 1;
        if (!(await isDecided(name, flag))) undecided.push(`${name} ${flag.names.at(-1) ?? ''}`);
      }
    }
    expect(flagCount).toBeGreaterThan(75);
    expect(undecided).toEqual([]);
  });

  async function isDecided(name: string, flag: DescribedFlag): Promise<boolean> {
    for (const one of COMMAND_CASES) {
      const words = splitCommand(one.line);
      const isOfCommand = name === '' || commandOf(words) === name;
      const without = isOfCommand ? withoutFlag(words, flag) : null;
      if (without === null) continue;
      writeCaseFiles();
      // What an earlier run wrote does not count.
      if (one.file !== undefined && CASE_FILES[one.file[0]] === undefined) folder.write(one.file[0], 'stale');
      const needsInput = one.input !== undefined || without.includes('-') || ['repl', 'new'].includes(name);
      if (!hasOutcome(one, await run(without, needsInput ? (one.input ?? '') : undefined))) return true;
    }
    return false;
  }
});
