import { script } from '@bomb.sh/tab';
import addCompletion from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

const HELP = `
Exit codes:
  0  the script was printed
  3  bad usage

Examples:
  $ eql completion bash > ~/.local/share/bash-completion/completions/eql
  $ eql completion zsh  > "\${fpath[1]}/_eql"
  $ eql completion fish > ~/.config/fish/completions/eql.fish
  > eql completion powershell >> $PROFILE`;

/** Adds `eql completion`, which prints a script for a shell; to be called when all other commands are there. */
export function registerCompletion(program: Command): void {
  addCompletion(program, { completionCommandName: 'completion' });
  program.commands
    .find((command) => command.name() === 'completion')
    ?.description('print a completion script for a shell')
    .addHelpText('after', HELP)
    .action((shell: Parameters<typeof script>[0]) => {
      process.stdout.write(completionScript(shell, program.name()));
    });
}

/** The library's script, but that bash may read it twice: its constants are not read-only. */
function completionScript(shell: Parameters<typeof script>[0], name: string): string {
  const lines: string[] = [];
  // The library prints its script, and gives it in no other way.
  const { log } = console;
  console.log = (text: string) => lines.push(`${text}\n`);
  try {
    script(shell, name, name);
  } finally {
    console.log = log;
  }
  return lines.join('').replace(/^readonly (?=ShellCompDirective)/gmu, '');
}
