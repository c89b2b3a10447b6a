import { existsSync } from 'node:fs';
import { printableText } from '@eqlkit/stream';

/** Whether a first argument looks like rules, which belong behind a command. */
export function namesRules(typed: string): boolean {
  return /\.toml$/iu.test(typed) || existsSync(typed);
}

/** What to do about rules in the place of a command. */
export function explainMissingCommand(typed: string): string {
  const shown = printableText(typed, 100);
  return `"${shown}" is no command; to run rules: eql run ${shown} --events <inputs>`;
}
