import { explainCommand } from './commands/explain.js';
import { exportCommand } from './commands/export.js';
import { followCommand } from './commands/follow.js';
import { loadCommand, unloadCommand } from './commands/load.js';
import { ruleCommand, rulesCommand } from './commands/rules.js';
import { saveCommand } from './commands/save.js';
import { schemaCommand } from './commands/schema.js';
import { columnsCommand, dialectCommand, moreCommand, timeCommand } from './commands/settings.js';
import { showCommand } from './commands/show.js';
import { statsCommand } from './commands/stats.js';
import { wrapToWidth } from '../output/display-width.js';
import { drawTerms } from '../output/term-list.js';
import { outputColumns } from '../output/terminal-width.js';
import type { ReplCommand } from './repl-command.js';

const helpCommand: ReplCommand = {
  name: 'help',
  usage: '[command]',
  summary: 'show the commands',
  completion: () => REPL_COMMANDS.map(({ name }) => name),
  run: (argument, _session, io) => {
    const wanted = REPL_COMMANDS.filter(({ name }) => argument === '' || name === argument.replace(/^\./u, ''));
    const shown = wanted.length === 0 ? REPL_COMMANDS : wanted;
    const lines = shown.map(({ name, usage, summary }) => [`.${name} ${usage}`.trimEnd(), summary] as const);
    io.write(
      [
        ...(wanted.length === 1
          ? []
          : [
              ...wrapToWidth(
                'Everything else is a query; one over several lines ends with an empty line or a semicolon.',
                outputColumns(),
              ).map((line) => line.trimEnd()),
              '',
            ]),
        drawTerms(lines, outputColumns()),
      ].join('\n'),
    );
  },
};

const exitCommand: ReplCommand = {
  name: 'exit',
  usage: '',
  summary: 'leave, as Ctrl-D does',
  run: () => undefined,
};

/** The dot commands, in the order of `.help`. */
export const REPL_COMMANDS: readonly ReplCommand[] = [
  loadCommand,
  unloadCommand,
  showCommand,
  moreCommand,
  explainCommand,
  statsCommand,
  schemaCommand,
  columnsCommand,
  exportCommand,
  saveCommand,
  followCommand,
  rulesCommand,
  ruleCommand,
  dialectCommand,
  timeCommand,
  helpCommand,
  exitCommand,
];
