import addCompletion from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

const HELP = `
Examples:
  $ eql completion bash > ~/.local/share/bash-completion/completions/eql
  $ eql completion zsh  > "\${fpath[1]}/_eql"
  $ eql completion fish > ~/.config/fish/completions/eql.fish`;

/** Adds \`eql completion\`, which prints a script for a shell; to be called when all other commands are there. */
export function registerCompletion(program: Command): void {
  addCompletion(program, { completionCommandName: 'completion' });
  program.commands
    .find((command) => command.name() === 'completion')
    ?.description('print a completion script for a shell')
    .addHelpText('after', HELP);
}
