import { BUILT_IN_MAPS, printableText } from '@eqlkit/stream';
import { ATTACK_TACTICS, RULE_SEVERITIES, tacticSlug } from '@eqlkit/rules';
import type { Argument, Command, Option } from 'commander';
import { DEFEND_SYSTEMS } from '../option-values.js';

/** A word that may stand where the cursor is. */
interface Candidate {
  readonly word: string;
  /** On one line; empty if there is none. */
  readonly description: string;
}

/** What may stand where the cursor is. */
export interface CompletedWords {
  readonly candidates: readonly Candidate[];
  /** Whether files may stand there, too; which ones there are is the shell's to say. */
  readonly takesFiles: boolean;
}

const NOTHING: CompletedWords = { candidates: [], takesFiles: false };
const FILES: CompletedWords = { candidates: [], takesFiles: true };

/** What the values of options are that declare no choices, by their long names. */
const VALUES_OF_OPTION: Readonly<Record<string, () => CompletedWords>> = {
  '--map': () => ({ candidates: toCandidates(BUILT_IN_MAPS), takesFiles: true }),
  '--events': () => FILES,
  '--tactic': () => ({
    candidates: [...ATTACK_TACTICS].map(([id, name]) => ({ word: tacticSlug(name), description: `${id} ${name}` })),
    takesFiles: false,
  }),
  '--severity': () => ({ candidates: toCandidates(RULE_SEVERITIES), takesFiles: false }),
  '--platform': () => ({ candidates: toCandidates(DEFEND_SYSTEMS), takesFiles: false }),
};

/** Arguments that are files, folders or globs, by their names in the help. */
const FILE_ARGUMENTS: ReadonlySet<string> = new Set(['rules', 'rule', 'packs', 'events', 'rule-or-query']);

/** A command line up to the word that is written, as the program reads it. */
interface ReadLine {
  readonly command: Command;
  /** The command above it; the program for itself. */
  readonly parent: Command;
  /** Arguments of the command that stand before the word. */
  readonly given: readonly string[];
  /** The option whose value the word is. */
  readonly option: Option | null;
  /** Whether `--` has ended the options. */
  readonly optionsEnded: boolean;
}

/**
 * What may stand in the place of the last word, of which the beginning is there.
 *
 * @param words - Those behind the name of the program, without quotes; the last is the one that is written.
 */
export function completeWords(program: Command, words: readonly string[]): CompletedWords {
  const current = words.at(-1) ?? '';
  const line = readLine(program, words.slice(0, -1));
  const [, name, value] = /^(--[^=]+)=(.*)$/su.exec(current) ?? [];
  if (name !== undefined && value !== undefined && !line.optionsEnded) {
    const option = findOption(line.command, name);
    return option === null || !takesValue(option) ? NOTHING : startingWith(value, valuesOf(option));
  }
  const isOption = current.startsWith('-') && !line.optionsEnded;
  // Of an option that takes several values, the next option is the end.
  if (line.option !== null && !(isOption && line.option.variadic)) {
    return startingWith(current, valuesOf(line.option));
  }
  if (isOption) return startingWith(current, optionsOf(line.command));
  return startingWith(current, argumentsOf(program, line));
}

function startingWith(text: string, { candidates, takesFiles }: CompletedWords): CompletedWords {
  return { candidates: candidates.filter(({ word }) => word.startsWith(text)), takesFiles };
}

function readLine(program: Command, words: readonly string[]): ReadLine {
  let command = program;
  let parent = program;
  let given: string[] = [];
  let option: Option | null = null;
  let optionsEnded = false;
  for (const word of words) {
    const isOption = !optionsEnded && word.startsWith('-') && word !== '-';
    if (option !== null && !isOption) {
      if (!option.variadic) option = null;
      continue;
    }
    option = null;
    if (word === '--' && !optionsEnded) optionsEnded = true;
    else if (isOption) {
      const found = word.includes('=') ? null : findOption(command, word);
      option = found !== null && takesValue(found) ? found : null;
    } else {
      const below = given.length === 0 ? findCommand(command, word) : undefined;
      if (below === undefined) given = [...given, word];
      else [parent, command] = [command, below];
    }
  }
  return { command, parent, given, option, optionsEnded };
}

function findCommand(command: Command, name: string): Command | undefined {
  return visibleCommands(command).find((below) => below.name() === name);
}

function visibleCommands(command: Command): readonly Command[] {
  return command.createHelp().visibleCommands(command);
}

/** The options of a command, those of every command among them. */
function visibleOptions(command: Command): readonly Option[] {
  const own = command.createHelp().visibleOptions(command);
  return command.parent === null ? own : [...own, ...command.parent.options.filter(isForEveryCommand)];
}

function isForEveryCommand(option: Option): boolean {
  return !option.hidden && option.name() !== 'version';
}

function findOption(command: Command, written: string): Option | null {
  return everyOption(command).find(({ long, short }) => long === written || short === written) ?? null;
}

/** The options that may stand behind a command, up to those of the program. */
function everyOption(command: Command): readonly Option[] {
  return command.parent === null
    ? visibleOptions(command)
    : [...visibleOptions(command), ...everyOption(command.parent)];
}

function takesValue({ required, optional }: Option): boolean {
  return required || optional;
}

function optionsOf(command: Command): CompletedWords {
  const names = new Map<string, string>();
  for (const { long, description } of everyOption(command)) {
    if (typeof long === 'string' && long !== '--version') names.set(long, description);
  }
  if (command.parent === null) names.set('--version', 'output the version number');
  return { candidates: [...names].map(([word, description]) => describe(word, description)), takesFiles: false };
}

function valuesOf(option: Option): CompletedWords {
  if (option.argChoices !== undefined) return { candidates: toCandidates(option.argChoices), takesFiles: false };
  const known = VALUES_OF_OPTION[option.long ?? ''];
  if (known !== undefined) return known();
  return option.flags.endsWith('<file>') ? FILES : NOTHING;
}

function argumentsOf(program: Command, { command, parent, given }: ReadLine): CompletedWords {
  // What `eql help` and `eql config show` are asked about are commands, in as many words as they have.
  if (command.name() === 'help') return commandsBelow(parent, given);
  const argument = argumentAt(command.registeredArguments, given.length);
  if (argument?.name() === 'command') return withoutHelp(commandsBelow(program, given));
  const commands = given.length === 0 ? commandsBelow(command, []).candidates : [];
  if (argument === undefined) return { candidates: commands, takesFiles: false };
  if (argument.argChoices !== undefined) return { candidates: toCandidates(argument.argChoices), takesFiles: false };
  return { candidates: commands, takesFiles: FILE_ARGUMENTS.has(argument.name()) };
}

function argumentAt(known: readonly Argument[], place: number): Argument | undefined {
  const last = known.at(-1);
  return known[place] ?? (last?.variadic === true ? last : undefined);
}

function commandsBelow(top: Command, words: readonly string[]): CompletedWords {
  const command = words.reduce<Command | undefined>((at, word) => at && findCommand(at, word), top);
  const below = command === undefined ? [] : visibleCommands(command);
  return { candidates: below.map((one) => describe(one.name(), one.description())), takesFiles: false };
}

/** The command `help` has no settings. */
function withoutHelp({ candidates, takesFiles }: CompletedWords): CompletedWords {
  return { candidates: candidates.filter(({ word }) => word !== 'help'), takesFiles };
}

function toCandidates(words: readonly string[]): readonly Candidate[] {
  return words.map((word) => describe(word, ''));
}

function describe(word: string, description: string): Candidate {
  return { word, description: printableText(description.replace(/\s+/gu, ' ')) };
}
