import { errorColors } from './colors.js';

/** Writes a line to standard error: standard output is for data only. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Says that something failed, in the style of diagnostics and of the argument parser: `error: …`. */
export function sayError(message: string): void {
  say(`${errorColors.red('error')}: ${message}`);
}

/** Says what the user should know although the run goes on. */
export function sayWarning(message: string): void {
  say(`${errorColors.yellow('warning')}: ${message}`);
}
