import { DiskSortError, WorkerError } from '@eqlkit/stream';
import { Command, CommanderError } from 'commander';
import { registerCompletion } from './commands/completion.js';
import { registerConfig } from './commands/config.js';
import { registerCheck } from './commands/check.js';
import { registerExplain } from './commands/explain.js';
import { registerFormat } from './commands/fmt.js';
import { registerNew } from './commands/new.js';
import { registerPack } from './commands/pack.js';
import { registerQuery } from './commands/query.js';
import { registerRepl } from './commands/repl.js';
import { registerRun } from './commands/run.js';
import { registerSchema } from './commands/schema.js';
import { configure } from './config/configure.js';
import { EXIT_CODE } from './exit-code.js';
import { exitOnSignals } from './exit-on-signals.js';
import { showHelpOf } from './help-words.js';
import { explainMissingCommand, namesRules } from './missing-command.js';
import { sayError } from './output/messages.js';
import { printableLines } from './output/printable-lines.js';
import { registerVerbosity } from './output/verbosity.js';
import { VERSION } from './version.js';

// A reader that has seen enough, such as `head`, closes the pipe; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT_CODE.ok);
  const reason = error.code === 'ENOSPC' ? 'the disk is full' : error.message;
  sayError(`standard output cannot be written: ${reason}; what was printed is not complete`);
  process.exit(EXIT_CODE.badInput);
});
// Where messages cannot be written there is nobody to tell; what the command does is not affected.
process.stderr.on('error', () => undefined);

/** Commands that compute without a pause and leave nothing behind: a handler would only keep Ctrl-C waiting for them. */
const STOPPED_BY_THE_SYSTEM: ReadonlySet<string> = new Set(['check', 'fmt', 'info', 'list', 'show']);

const EXAMPLES = `
Exit codes:
  0  what was asked for was done
  3  no command, or bad usage of one
  The help of a command names those that it has beside them.

Examples:
  $ eql run rules/ --events logs/
  $ eql query 'process where process.name == "sh"' events.ndjson
  $ eql repl logs/
  $ eql check rules/
  $ eql run --help`;

const program = new Command('eql')
  .description('Checks Elastic detection rules and runs them over event files and streams, without Elasticsearch.')
  .version(VERSION)
  .showHelpAfterError('(eql --help shows the commands)')
  .addHelpText('after', EXAMPLES)
  .configureHelp({ showGlobalOptions: true })
  // Messages of the argument parser quote what was given.
  .configureOutput({
    outputError: (text, write) => {
      write(printableLines(text));
    },
  })
  .exitOverride();
program.hook('preAction', (_, command) => {
  if (!STOPPED_BY_THE_SYSTEM.has(command.name())) exitOnSignals();
});
registerVerbosity(program);
registerRun(program);
registerCheck(program);
registerFormat(program);
registerNew(program);
registerPack(program);
registerQuery(program);
registerSchema(program);
registerExplain(program);
registerRepl(program);
registerConfig(program, () => configured.sources);
registerCompletion(program);
const configured = configure(program);

showUsageHint(program, 'eql');
const [, , first = ''] = process.argv;
if (namesRules(first)) {
  program.on('command:*', () => program.error(`error: ${explainMissingCommand(first)}`));
}

/** After a mistake, each command points to its own help. */
function showUsageHint(parent: Command, words: string): void {
  for (const command of parent.commands) {
    const own = `${words} ${command.name()}`;
    command.showHelpAfterError(`(${own} --help shows the usage)`);
    showUsageHint(command, own);
  }
}

try {
  if (first === 'help') showHelpOf(program, process.argv.slice(3));
  await program.parseAsync();
} catch (error) {
  if (error instanceof DiskSortError) sayError(error.message);
  else if (error instanceof WorkerError) {
    sayError(error.message);
    // Reading may still wait for a pipe.
    process.exit(EXIT_CODE.badInput);
  } else if (!(error instanceof CommanderError)) throw error;
  // Commander has printed its message; help and version are no errors.
  process.exitCode = error instanceof CommanderError && error.exitCode === 0 ? EXIT_CODE.ok : EXIT_CODE.badInput;
}
