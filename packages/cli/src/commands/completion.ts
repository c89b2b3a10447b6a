import { Argument, type Command } from 'commander';
import { COMPLETE_COMMAND } from '../completion/complete-command.js';
import { completeWords } from '../completion/complete-words.js';
import { splitTyped } from '../completion/split-typed.js';
import { COMPLETED_SHELLS, completionScript, type CompletedShell } from '../completion/completion-script.js';

/** How an answer ends where files may stand, and where they may not; PowerShell's script knows no other words. */
const FILES_LINE = ':0';
const NO_FILES_LINE = ':4';

const HELP = `
Exit codes:
  0  the script was printed
  3  bad usage

Examples:
  $ eql completion bash > ~/.local/share/bash-completion/completions/eql
  $ eql completion zsh  > "\${fpath[1]}/_eql"
  $ eql completion fish > ~/.config/fish/completions/eql.fish
  > eql completion powershell >> $PROFILE
  $ source <(eql completion bash)`;

/** Adds `eql completion`, which prints a script for a shell, and `eql complete`, which the scripts ask. */
export function registerCompletion(program: Command): void {
  program
    .command('completion')
    .description('print a completion script for a shell')
    .addArgument(new Argument('<shell>', 'shell that the script is for').choices([...COMPLETED_SHELLS]))
    .addHelpText('after', HELP)
    .action((shell: CompletedShell) => {
      process.stdout.write(completionScript(shell));
    });
  program
    .command(COMPLETE_COMMAND, { hidden: true })
    .argument('[words...]', 'the words before the cursor, behind --; for bash the line, in one word')
    .action(() => {
      const typed = process.argv.slice(process.argv.indexOf('--') + 1);
      // bash has taken words apart at each = and :, so that its line has to be split anew.
      const isLine = process.argv[process.argv.indexOf(COMPLETE_COMMAND) + 1] === 'bash';
      const words = isLine ? splitTyped(typed.join(' ')).slice(1) : typed;
      const { candidates, takesFiles } = completeWords(program, words);
      const lines = candidates.map(({ word, description }) => `${word}\t${description}`);
      process.stdout.write([...lines, takesFiles ? FILES_LINE : NO_FILES_LINE, ''].join('\n'));
    });
}
