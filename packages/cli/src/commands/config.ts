import { didYouMean } from '@eqlkit/language';
import { printableText } from '@eqlkit/stream';
import type { Command, Option } from 'commander';
import { listCommands, variableOf, type NamedCommand, type SettingSources } from '../config/apply-settings.js';
import { CONFIG_FILE_NAME } from '../config/find-config-file.js';
import { EXIT_CODE } from '../exit-code.js';
import { outColors } from '../output/colors.js';
import { wrapToWidth } from '../output/display-width.js';
import { renderTable } from '../output/fitted-table.js';
import { sayError } from '../output/messages.js';
import { drawTerms } from '../output/term-list.js';
import { LEAST_TABLE_COLUMNS, outputColumns } from '../output/terminal-width.js';

/** One option of a command with its value and where the value came from. */
interface ShownSetting {
  readonly command: string;
  readonly option: string;
  readonly value: unknown;
  readonly source: string;
  readonly variable: string;
}

const HELP = `
Defaults of options come from the first ${CONFIG_FILE_NAME} in the working folder or above it, and before that from the
environment; what is given on the command line goes before both. A file has a table for each command with the long names
of its options; a name outside of tables is for every command that has the option:

  tiebreaker-field = "event.sequence"
  [run]
  output = "ndjson"
  fail-on-alert = true

EQL_CONFIG names another file; if it is empty, none is read. Environment variables are named after command and option: EQL_RUN_TIEBREAKER_FIELD=event.sequence.

Exit codes:
  0  the options were shown
  3  bad usage, or a mistake in the configuration or the environment

Examples:
  $ eql config show
  $ eql config show run --output json`;

/** The column of the table that says where a value came from. */
const SOURCE_COLUMN = 3;

const EXAMPLES = `
Examples:
  $ eql config show`;

/** Adds \`eql config\`. */
export function registerConfig(program: Command, sources: () => SettingSources): void {
  const config = program
    .command('config')
    .description('show the defaults of options and where they come from')
    .addHelpText('after', EXAMPLES);
  config
    .command('show')
    .description('show each option with its value and where that came from')
    .argument('[command...]', 'only the options of this command, such as: schema learn')
    .addOption(
      config.createOption('-o, --output <format>', 'how it is printed').choices(['table', 'json']).default('table'),
    )
    .addHelpText('after', HELP)
    .action((words: string[], { output }: { output: 'table' | 'json' }) => {
      process.exitCode = show(program, words, output, sources());
    });
}

function show(program: Command, words: readonly string[], output: 'table' | 'json', sources: SettingSources): number {
  const commands = listCommands(program).filter((named) => words.every((word, place) => named.words[place] === word));
  if (commands.length === 0) {
    const name = words.join(' ');
    const names = listCommands(program).map((named) => named.words.join(' '));
    const advice = didYouMean(name, names);
    sayError(`there is no command ${printableText(name)}.${advice === undefined ? '' : ` ${advice}`}`);
    return EXIT_CODE.badInput;
  }
  const settings = commands.flatMap((named) => settingsOf(named, sources));
  if (output === 'json') {
    process.stdout.write(`${JSON.stringify(settings, null, 2)}\n`);
    return EXIT_CODE.ok;
  }
  const width = outputColumns();
  if (width < LEAST_TABLE_COLUMNS) {
    const terms = settings.map(
      ({ command, option, value, source }) =>
        [
          wrapToWidth(`${command === '' ? '' : `${command} `}--${option}`, width).join('\n'),
          printableText(`${showValue(value)} (${source})`.trimStart()),
        ] as const,
    );
    process.stdout.write(`${drawTerms(terms, width)}\n`);
    return EXIT_CODE.ok;
  }
  const rows = settings.map(({ command, option, value, source }) => [
    command === '' ? 'all' : command,
    `--${option}`,
    printableText(showValue(value)),
    printableText(source),
  ]);
  const table = renderTable(['command', 'option', 'value', 'from'], rows, {
    width,
    overflow: 'wrap',
    whole: [0, 1],
    paint: (line, row, column) => {
      if (column !== SOURCE_COLUMN) return line;
      return settings[row]?.source === 'default' ? outColors.dim(line) : outColors.bold(line);
    },
  });
  process.stdout.write(`${table}\n`);
  return EXIT_CODE.ok;
}

function settingsOf({ words, command, options }: NamedCommand, sources: SettingSources): readonly ShownSetting[] {
  return options.map((option: Option) => ({
    command: words.join(' '),
    option: option.name(),
    value: (command.getOptionValue(option.attributeName()) as unknown) ?? null,
    source: sources.get(option) ?? 'default',
    variable: variableOf(words, option),
  }));
}

function showValue(value: unknown): string {
  return value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
