import { DIALECTS, type DialectName } from '@eqlkit/language';
import { Option, type Command } from 'commander';
import { formatOption, mapOption, type InputOptions } from '../event-input.js';
import { addEventFieldOptions, eventFieldsOf, type EventFields } from '../event-fields.js';
import { EXIT_CODE } from '../exit-code.js';
import { collect, parseIndexName } from '../option-values.js';
import { loadEvents } from '../repl/commands/load.js';
import { ReplSession } from '../repl/repl-session.js';
import { linesOf, runScripts, type Script } from '../repl/script.js';
import { cancellable } from '../repl/terminal/cancellable.js';
import { runTerminal } from '../repl/terminal/terminal.js';
import { sayDiagnostics } from '../output/diagnostics.js';
import { say, sayError, sayNote } from '../output/messages.js';

interface ReplOptions extends InputOptions, EventFields {
  readonly dialect: DialectName;
  readonly command?: readonly string[];
  readonly index?: string;
  readonly ignoreIndex: boolean;
}

const HELP = `
Inside, .help shows the commands, Tab completes, Ctrl-R searches the history, Ctrl-C cancels what runs or loads, and Ctrl-D
leaves. Without a terminal the inputs are read from standard input, and the output is plain text.

Exit codes:
  0  it was left
  1  a command of a script failed
  3  bad usage or unreadable input

Examples:
  $ eql repl logs/
  $ eql repl auditbeat.ndjson --map auditbeat
  $ eql repl events.ndjson -c 'process where process.name == "sh" | head 3'
  $ eql repl events.ndjson -c '.rules rules/' -c '.rule shadow copies'
  $ zcat events.ndjson.gz | eql repl - -c 'any where true | tail 1'
  $ eql repl events.ndjson < queries.eql`;

/** Adds \`eql repl\`. */
export function registerRepl(program: Command): void {
  const command = program
    .command('repl')
    .description('ask queries of events in a dialogue')
    .argument('[events...]', 'event files, folders or globs; with -c also - for standard input')
    .addOption(new Option('--dialect <name>', 'variant of EQL').choices(Object.keys(DIALECTS)).default('elasticsearch'))
    .option(
      '-c, --command <inputs>',
      'run these inputs and leave; line breaks separate them; may be repeated, in order',
      collect,
    );
  addEventFieldOptions(command)
    .option('--index <name>', 'index that all events come from, for .rules and .rule', parseIndexName)
    .option('--ignore-index', 'show rules every event, whatever its index says', false)
    .addOption(formatOption())
    .addOption(mapOption())
    .addHelpText('after', HELP)
    .action(async (inputs: string[], options: ReplOptions) => {
      process.exitCode = await repl(inputs, options);
    });
}

async function repl(inputs: readonly string[], options: ReplOptions): Promise<number> {
  if (inputs.includes('-') && options.command === undefined) {
    sayError('standard input (-) holds the events, so nothing can be asked there: give the inputs with -c');
    return EXIT_CODE.badInput;
  }
  const session = new ReplSession();
  session.dialect = options.dialect;
  session.input = options;
  session.fields = eventFieldsOf(options);
  session.ruleScope = options;
  const isScript = options.command !== undefined || !process.stdin.isTTY || !process.stdout.isTTY;
  const load = (signal: AbortSignal): Promise<boolean> =>
    loadEvents(inputs, session, {
      write: say,
      note: sayNote,
      fail: sayError,
      diagnose: (diagnostics, text, file = 'query') => {
        sayDiagnostics(diagnostics, file, text);
      },
      ask: () => Promise.resolve(null),
      prefill: () => undefined,
      rows: Infinity,
      signal,
    });
  // A script without its events would answer wrongly; on a terminal one can go on without them.
  const loaded = inputs.length === 0 || (await (isScript ? load(new AbortController().signal) : cancellable(load)));
  if (!loaded) return EXIT_CODE.badInput;
  if (isScript) {
    const { failed } = await runScripts(scriptsOf(options.command), session);
    return failed ? EXIT_CODE.alerts : EXIT_CODE.ok;
  }
  sayNote('.help shows the commands, Tab completes, Ctrl-D leaves');
  await runTerminal(session);
  return EXIT_CODE.ok;
}

/** The inputs that were given with -c, or those of standard input. */
function scriptsOf(commands: readonly string[] | undefined): readonly Script[] {
  if (commands === undefined) return [{ lines: linesOf(process.stdin), placeOf: (line) => `line ${line}` }];
  return commands.map((inputs, place) => {
    const lines = inputs.split('\n');
    const option = commands.length > 1 ? `-c number ${place + 1}` : '-c';
    const isAlone = commands.length === 1 && lines.length === 1;
    return {
      lines,
      placeOf: (line) => (isAlone ? null : lines.length === 1 ? option : `${option}, line ${line}`),
    };
  });
}
