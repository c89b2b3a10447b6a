import type { JsonObject, JsonValue } from '@eqlkit/engine';
import { didYouMean } from '@eqlkit/language';
import { canonicalJson } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';
import { InvalidArgumentError, type Command, type Option } from 'commander';

/**
 * Where settings came from, by option: the configuration file, or the name of an environment variable. What is not here is
 * a default or was given on the command line.
 */
export type SettingSources = ReadonlyMap<Option, string>;

/** What came of applying settings. */
export interface AppliedSettings {
  readonly sources: SettingSources;
  readonly problems: readonly string[];
}

/** A command that does something, with its words: `schema learn`; none for what every command understands. */
export interface NamedCommand {
  readonly words: readonly string[];
  readonly command: Command;
  /** Those that settings can give a value. */
  readonly options: readonly Option[];
}

/** The options of all commands, and then the commands that do something, in the order of help. */
export function listCommands(program: Command): readonly NamedCommand[] {
  const global = program.options.filter((option) => option.name() !== 'version');
  return [{ words: [], command: program, options: global }, ...listBelow(program, [])];
}

function listBelow(parent: Command, words: readonly string[]): readonly NamedCommand[] {
  return parent.commands.flatMap((command) => {
    const own = [...words, command.name()];
    return command.commands.length > 0 ? listBelow(command, own) : [{ words: own, command, options: command.options }];
  });
}

/** Variables that are no settings: the configuration file, and the history of the REPL. */
const OTHER_VARIABLES: ReadonlySet<string> = new Set(['EQL_CONFIG', 'EQL_HISTORY']);

/** The environment variable of an option: `EQL_RUN_TIEBREAKER_FIELD`. */
export function variableOf(words: readonly string[], option: Option): string {
  return ['EQL', ...words, option.name()].join('_').replaceAll('-', '_').toUpperCase();
}

/**
 * Gives the options of commands the values of a configuration file and, before them, of environment variables. What is
 * given on the command line goes before both.
 *
 * A file has a table for each command, such as `[run]` or `[schema.learn]`, with the long names of options; a name
 * outside of tables is for every command that has the option.
 */
export function applySettings(
  program: Command,
  config: { readonly file: string; readonly table: JsonObject } | null,
  environment: Readonly<Record<string, string | undefined>>,
): AppliedSettings {
  const commands = listCommands(program);
  const sources = new Map<Option, string>();
  const problems = config === null ? [] : findUnknown(config, commands);
  for (const { words, command, options } of commands) {
    for (const option of options) {
      const value = config === null ? undefined : lookUp(config.table, words, option.name());
      if (value !== undefined && config !== null) {
        const problem = set(command, option, value, config.file, sources);
        if (problem !== null) {
          const name = [...words, option.name()].join('.');
          problems.push(`${printableText(config.file)}: ${name}: ${invalid(value, problem)}`);
        }
      }
      const variable = variableOf(words, option);
      const text = environment[variable];
      if (text === undefined) continue;
      const problem = set(command, option, option.isBoolean() ? readTruth(text) : text, variable, sources);
      if (problem !== null) problems.push(`environment variable ${variable}: ${invalid(text, problem)}`);
    }
  }
  problems.push(...findMistypedVariables(commands, environment));
  return { sources, problems };
}

/** Environment variables that nearly have the name of a setting's; others of our prefix may be meant for something else. */
function findMistypedVariables(
  commands: readonly NamedCommand[],
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const known = new Set(commands.flatMap(({ words, options }) => options.map((option) => variableOf(words, option))));
  return Object.keys(environment).flatMap((name) => {
    if (!name.startsWith('EQL_') || OTHER_VARIABLES.has(name) || known.has(name)) return [];
    const advice = didYouMean(name, known);
    return advice === undefined ? [] : [`${printableText(name)}: there is no such setting. ${advice}`];
  });
}

/** Longest part of a wrong value that is repeated, in UTF-16 units. */
const SHOWN_LENGTH = 60;

function invalid(value: JsonValue, problem: string): string {
  return `${printableText(canonicalJson(value), SHOWN_LENGTH)} is invalid. ${problem}`;
}

function readTruth(text: string): JsonValue {
  return text === 'true' || text === '1' ? true : text === 'false' || text === '0' || text === '' ? false : text;
}

/** The value for an option: from the command's own table, or from outside of tables. */
function lookUp(table: JsonObject, words: readonly string[], name: string): JsonValue | undefined {
  let own: JsonValue | undefined = table;
  for (const word of words) own = isTable(own) ? own[word] : undefined;
  const value = isTable(own) ? own[name] : undefined;
  if (value !== undefined) return value;
  const shared = table[name];
  return isTable(shared) ? undefined : shared;
}

function set(
  command: Command,
  option: Option,
  value: JsonValue,
  source: string,
  sources: Map<Option, string>,
): string | null {
  const parsed = parseSetting(option, value);
  if (typeof parsed === 'object' && 'problem' in parsed) return parsed.problem;
  // As a default, so that the command line goes before it: also before what conflicts, and before what is gathered.
  command.setOptionValueWithSource(option.attributeName(), parsed.value, 'default');
  const { parseArg } = option;
  if (parseArg !== undefined) {
    option.parseArg = <T>(text: string, previous: T) =>
      parseArg(text, (previous as unknown) === parsed.value ? undefined : previous) as T;
  }
  sources.set(option, source);
  return null;
}

/** Reads a value as the command line would. */
function parseSetting(option: Option, value: JsonValue): { value: unknown } | { problem: string } {
  if (option.isBoolean() || option.negate) {
    return typeof value === 'boolean' ? { value } : { problem: 'It is true or false.' };
  }
  const texts = (Array.isArray(value) ? (value as readonly JsonValue[]) : [value]).map((one) =>
    typeof one === 'string' || typeof one === 'number' ? String(one) : null,
  );
  if (texts.includes(null) || (texts.length !== 1 && !option.variadic && option.parseArg === undefined)) {
    return { problem: 'It is a text or a number.' };
  }
  try {
    if (option.parseArg === undefined) return { value: option.variadic ? texts : texts[0] };
    let first: unknown = undefined;
    let gathered: unknown = undefined;
    for (const text of texts) {
      gathered = option.parseArg(text ?? '', gathered);
      first ??= gathered;
    }
    return texts.length > 1 && !isGathered(first, gathered)
      ? { problem: 'It is one text or number.' }
      : { value: gathered };
  } catch (error) {
    if (error instanceof InvalidArgumentError) return { problem: error.message };
    throw error;
  }
}

/** Whether what was read last holds what was read first: the option may be repeated. */
function isGathered(first: unknown, last: unknown): boolean {
  return Array.isArray(first) && Array.isArray(last) && first.every((one) => last.includes(one));
}

/** Names in the file that no command knows. */
function findUnknown(config: { file: string; table: JsonObject }, commands: readonly NamedCommand[]): string[] {
  const known = new Set<string>();
  for (const { words, options } of commands) {
    for (const option of options) {
      known.add(option.name());
      known.add([...words, option.name()].join('.'));
    }
  }
  return listNames(config.table).flatMap((name) => {
    if (known.has(name)) return [];
    const advice = didYouMean(name, known);
    return [`${config.file}: there is no setting ${name}.${advice === undefined ? '' : ` ${advice}`}`];
  });
}

function listNames(table: JsonObject, prefix = ''): readonly string[] {
  return Object.entries(table).flatMap(([name, value]) =>
    isTable(value) ? listNames(value, `${prefix}${name}.`) : [`${prefix}${name}`],
  );
}

function isTable(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
