import { Option, type Command } from 'commander';
import { conflictsWith } from '../config/conflicts.js';

/** How much is said on standard error beside errors: nothing, what users want to know, or every step, too. */
export type Verbosity = 'quiet' | 'normal' | 'verbose';

let chosen: Verbosity = 'normal';

/** How much the running command says. */
export function verbosity(): Verbosity {
  return chosen;
}

/** Adds `--quiet` and `--verbose`, which every command understands, before or behind its name. */
export function registerVerbosity(program: Command): void {
  program
    .option('-q, --quiet', 'say nothing but errors: no progress, warnings, notes or summary', false)
    .addOption(
      conflictsWith(
        new Option(
          '-v, --verbose',
          'also say what was read, how it was understood, and how long each step took',
        ).default(false),
        ['quiet'],
      ),
    );
}

/** Heeds what the command line, the environment or the configuration says. */
export function chooseVerbosity(program: Command): void {
  const { quiet, verbose } = program.opts<{ quiet: boolean; verbose: boolean }>();
  chosen = quiet ? 'quiet' : verbose ? 'verbose' : 'normal';
}
