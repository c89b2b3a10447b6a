import { stat } from 'node:fs/promises';
import { dirname, relative, resolve, sep } from 'node:path';
import { findRule, relatedRules, type RelatedRule } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';
import { Option, type Command } from 'commander';
import { EXIT_CODE } from '../exit-code.js';
import { jsonText } from '../output/json-text.js';
import { say, sayError } from '../output/messages.js';
import { outputColumns } from '../output/terminal-width.js';
import { loadPack, type PackRule } from './load-pack.js';
import { ruleDetailsJson, ruleSummaryJson } from './rule-json.js';
import { ruleText } from './rule-text.js';

interface ShowOptions {
  readonly output: 'text' | 'json';
}

const HELP = `
A rule is named by its file, its id, its name, or a part of these that is clear. Without packs it is looked for in the
working folder, or in the folder of the file that is named.

Exit codes:
  0  the rule is shown
  3  there is no such rule, or several; bad usage or unreadable input

Examples:
  $ eql pack show rules/elastic/linux/persistence_xdg_autostart_netcon.toml
  $ eql pack show dd52d45a-4602-4195-9018-ebe0f219c273 rules/
  $ eql pack show 'xdg autostart' rules/ --output json`;

/** Adds \`eql pack show\`. */
export function registerPackShow(pack: Command): void {
  pack
    .command('show')
    .description('show a rule: query, metadata, threats, setup, investigation guide, references, related rules')
    .argument('<rule>', 'its file, its id, its name, or a part of these')
    .argument('[packs...]', 'rule files, folders or globs to look in')
    .addOption(new Option('-o, --output <format>', 'how it is printed').choices(['text', 'json']).default('text'))
    .addHelpText('after', HELP)
    .action(async (wanted: string, inputs: string[], options: ShowOptions) => {
      process.exitCode = await show(wanted, inputs, options);
    });
}

async function show(wanted: string, inputs: readonly string[], options: ShowOptions): Promise<number> {
  const named = await namedFile(wanted);
  const contents = await loadPack(inputs.length > 0 ? inputs : [named === null ? '.' : dirname(wanted)]);
  if (contents === null) return EXIT_CODE.badInput;
  const found = findRule(contents.rules, named ?? wanted);
  switch (found.kind) {
    case 'one': {
      const related = relatedRules(found.rule, contents.rules);
      process.stdout.write(
        options.output === 'json' ? detailsJson(found.rule, related) : ruleText(found.rule, related, outputColumns()),
      );
      return EXIT_CODE.ok;
    }
    case 'several':
      sayError(`${found.rules.length} rules fit "${printableText(wanted)}". Name one by its file:`);
      for (const rule of found.rules) say(candidate(rule));
      return EXIT_CODE.badInput;
    case 'none':
      sayError(
        `no rule is called "${printableText(wanted)}"${found.near.length > 0 ? '. Is one of these meant?' : ''}`,
      );
      for (const rule of found.near) say(candidate(rule));
      return EXIT_CODE.badInput;
  }
}

/** The name that the loader gives to a file, if a file is named. */
async function namedFile(wanted: string): Promise<string | null> {
  try {
    if (!(await stat(wanted)).isFile()) return null;
  } catch {
    return null;
  }
  const shown = relative(process.cwd(), resolve(wanted)).replaceAll(sep, '/');
  return shown.startsWith('..') ? wanted : shown;
}

function candidate({ rule, file }: PackRule): string {
  return printableText(`  ${file}: ${rule.name} (${rule.id})`);
}

function detailsJson(rule: PackRule, related: readonly RelatedRule<PackRule>[]): string {
  const details = {
    ...ruleDetailsJson(rule),
    related: related.map(({ profile, techniques, dataSources }) => ({
      ...ruleSummaryJson(profile),
      common_techniques: techniques,
      common_data_sources: dataSources,
    })),
  };
  return jsonText(details);
}
