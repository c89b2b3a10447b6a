import { errorColors } from './colors.js';
import { printableLines } from './printable-lines.js';
import { verbosity } from './verbosity.js';

/** Writes a line to standard error, whatever the verbosity: standard output is for data only. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Says that something failed, in the style of diagnostics and of the argument parser: `error: …`. The message may quote anything. */
export function sayError(message: string): void {
  say(`${errorColors.red('error')}: ${printableLines(message)}`);
}

/** Says what the user should know although the run goes on; not with --quiet. */
export function sayWarning(message: string): void {
  sayNote(`${errorColors.yellow('warning')}: ${printableLines(message)}`);
}

/** Says what is good to know, such as a summary; not with --quiet. */
export function sayNote(text: string): void {
  if (verbosity() !== 'quiet') say(text);
}

/** Says what happens inside; with --verbose only. */
export function sayDetail(text: string): void {
  if (verbosity() === 'verbose') say(errorColors.dim(printableLines(`verbose: ${text}`)));
}
