import type { Command } from 'commander';
import { EXIT_CODE } from '../exit-code.js';
import { COMPLETE_COMMAND } from '../completion/complete-command.js';
import { sayInputProblem, type InputProblem } from '../output/input-problem.js';
import { sayDetail, sayError } from '../output/messages.js';
import { chooseVerbosity } from '../output/verbosity.js';
import { adviseOfPath } from '../similar-path.js';
import { applySettings, type SettingSources } from './apply-settings.js';
import { dropOverruledSettings } from './conflicts.js';
import { findConfigFile } from './find-config-file.js';
import { CONFIG_VARIABLE, readConfigFile } from './read-config-file.js';

/**
 * Gives the options of all commands their defaults from the configuration file and the environment. What is wrong with
 * either is said, with exit code 3, once a command is to run; help and version do without.
 */
export function configure(program: Command): { readonly sources: SettingSources } {
  const named = process.env[CONFIG_VARIABLE];
  const file = named === undefined ? findConfigFile(process.cwd()) : named === '' ? null : named;
  const read = file === null ? null : readConfigFile(file, named !== undefined);
  const config = file === null || read?.table == null ? null : { file, table: read.table };
  const { sources, problems } = applySettings(program, config, process.env);
  program.hook('preAction', async (_, command) => {
    // A shell that completes can show nobody what is wrong.
    if (command.name() === COMPLETE_COMMAND) return;
    for (const one of [program, command]) dropOverruledSettings(one);
    chooseVerbosity(program);
    sayDetail(file === null ? 'no configuration file' : `configuration ${file}`);
    if (read?.problem == null && problems.length === 0) return;
    if (read?.problem != null) sayInputProblem(await withAdvice(read.problem, named));
    for (const problem of problems) sayError(problem);
    process.exit(EXIT_CODE.badInput);
  });
  return { sources };
}

/** A problem with the path that may be meant, if the file that the environment names is not there. */
async function withAdvice(problem: InputProblem, named: string | undefined): Promise<InputProblem> {
  const advice = named === undefined ? '' : await adviseOfPath(named, process.cwd());
  return advice === '' ? problem : { ...problem, message: `${problem.message}.${advice}` };
}
