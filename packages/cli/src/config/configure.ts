import type { Command } from 'commander';
import { EXIT_CODE } from '../exit-code.js';
import { sayDetail, sayError } from '../output/messages.js';
import { chooseVerbosity } from '../output/verbosity.js';
import { applySettings, type SettingSources } from './apply-settings.js';
import { dropOverruledSettings } from './conflicts.js';
import { findConfigFile } from './find-config-file.js';
import { readConfigFile } from './read-config-file.js';

/** Names a configuration file that is read instead of the one of the working folder; if empty, none is. */
const CONFIG_VARIABLE = 'EQL_CONFIG';

/**
 * Gives the options of all commands their defaults from the configuration file and the environment. What is wrong with
 * either is said, with exit code 3, once a command is to run; help and version do without.
 */
export function configure(program: Command): { readonly sources: SettingSources } {
  const named = process.env[CONFIG_VARIABLE];
  const file = named === undefined ? findConfigFile(process.cwd()) : named === '' ? null : named;
  const read = file === null ? null : readConfigFile(file);
  const config = file === null || read?.table == null ? null : { file, table: read.table };
  const { sources, problems } = applySettings(program, config, process.env);
  const all = read?.problem == null ? problems : [read.problem, ...problems];
  program.hook('preAction', (_, command) => {
    for (const one of [program, command]) dropOverruledSettings(one);
    chooseVerbosity(program);
    sayDetail(file === null ? 'no configuration file' : `configuration ${file}`);
    if (all.length === 0) return;
    for (const problem of all) sayError(problem);
    process.exit(EXIT_CODE.badInput);
  });
  return { sources };
}
