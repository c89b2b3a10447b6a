import { didYouMean } from '@eqlkit/language';
import { printableText } from '@eqlkit/stream';
import type { Command } from 'commander';

/**
 * Shows the help of the command that the words behind `eql help` name, also of one below another: `pack list`. Ends the
 * program, with an error if there is no such command; without words it leaves the rest to the program.
 */
export function showHelpOf(program: Command, words: readonly string[]): void {
  const names = words.filter((word) => !word.startsWith('-'));
  if (names.length === 0) return;
  let command: Command = program;
  for (const name of names) {
    const below = command.commands.find((candidate) => candidate.name() === name);
    if (below === undefined) {
      const advice = didYouMean(
        name,
        command.commands.map((candidate) => candidate.name()),
      );
      command.error(
        `error: there is no command ${printableText(names.join(' '))}${advice === undefined ? '' : `. ${advice}`}`,
      );
    }
    command = below;
  }
  command.help();
}
