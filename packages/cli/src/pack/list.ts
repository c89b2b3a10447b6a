import { didYouMean } from '@eqlkit/language';
import { fitsCriteria, isRuleSeverity, RULE_SEVERITIES, type RuleCriteria, type RuleSeverity } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { EXIT_CODE } from '../exit-code.js';
import { collect } from '../option-values.js';
import { countOf } from '../output/count-of.js';
import { renderTable } from '../output/fitted-table.js';
import { sayNote, sayWarning } from '../output/messages.js';
import { outputColumns } from '../output/terminal-width.js';
import { loadPack, type PackRule } from './load-pack.js';
import { strangeCriteria, type SoughtNames } from './strange-criteria.js';
import { ruleSummaryJson } from './rule-json.js';

interface ListOptions extends SoughtNames {
  readonly output: 'table' | 'json';
  readonly severity?: readonly RuleSeverity[];
  readonly search?: string;
}

const HELP = `
Options that are given several times look for one or the other; different options must all fit. Case does not count.

Exit codes:
  0  all files could be read, whether a rule was found or not
  2  a rule file or pack.toml is broken; the others are listed
  3  bad usage or unreadable input

Examples:
  $ eql pack list rules/ --platform linux --severity high --severity critical
  $ eql pack list rules/ --technique T1059 --search 'shell tcp'
  $ eql pack list rules/ --search '"brute force" login'
  $ eql pack list rules/ --tag 'Data Source: Sysmon' --output json`;

/** Adds \`eql pack list\`. */
export function registerPackList(pack: Command): void {
  pack
    .command('list')
    .description('list the rules of packs, all or those that fit')
    .argument('[packs...]', 'rule files, folders or globs', ['.'])
    .option('--tag <text>', 'rules with a tag that contains this', collect)
    .option('--severity <level>', `rules of this severity: ${RULE_SEVERITIES.join(', ')}`, collectSeverity)
    .option('--technique <id or name>', 'rules for this technique or its subtechniques', collect)
    .option('--tactic <id or name>', 'rules for this tactic', collect)
    .option('--platform <name>', 'rules for this operating system', collect)
    .option(
      '--search <words>',
      'rules in which all of these words occur, in names, descriptions, queries …; words in "" are one phrase',
    )
    .addOption(new Option('-o, --output <format>', 'how it is printed').choices(['table', 'json']).default('table'))
    .addHelpText('after', HELP)
    .action(async (inputs: string[], options: ListOptions) => {
      process.exitCode = await list(inputs, options);
    });
}

function collectSeverity(value: string, gathered: readonly RuleSeverity[] | undefined): readonly RuleSeverity[] {
  const level = value.toLowerCase();
  if (!isRuleSeverity(level)) {
    const near = didYouMean(level, RULE_SEVERITIES);
    throw new InvalidArgumentError(
      `It is one of ${RULE_SEVERITIES.join(', ')}.${near === undefined ? '' : ` ${near}`}`,
    );
  }
  return [...(gathered ?? []), level];
}

async function list(inputs: readonly string[], options: ListOptions): Promise<number> {
  const contents = await loadPack(inputs);
  if (contents === null) return EXIT_CODE.badInput;
  const found = contents.rules.filter((rule) => fitsCriteria(rule, rule.file, criteriaOf(options)));
  process.stdout.write(
    options.output === 'json' ? `${JSON.stringify(found.map(ruleSummaryJson), null, 2)}\n` : listText(found),
  );
  for (const remark of strangeCriteria(contents.rules, options)) sayWarning(remark);
  sayNote(
    found.length === contents.rules.length
      ? countOf(found.length, 'rule')
      : `${found.length.toLocaleString('en-US')} of ${countOf(contents.rules.length, 'rule')}`,
  );
  return contents.brokenFiles > 0 ? EXIT_CODE.brokenRule : EXIT_CODE.ok;
}

function criteriaOf({ tag, severity, technique, tactic, platform, search }: ListOptions): RuleCriteria {
  return {
    ...(tag === undefined ? {} : { tags: tag }),
    ...(severity === undefined ? {} : { severities: severity }),
    ...(technique === undefined ? {} : { techniques: technique }),
    ...(tactic === undefined ? {} : { tactics: tactic }),
    ...(platform === undefined ? {} : { platforms: platform }),
    ...(search === undefined ? {} : { text: search }),
  };
}

function listText(rules: readonly PackRule[]): string {
  if (rules.length === 0) return '';
  const rows = rules.map(({ rule, file, disabled, platforms, tactics, techniques }) => [
    printableText(disabled ? `${rule.name} (disabled)` : rule.name),
    rule.severity ?? '',
    printableText(platforms.join(', ')),
    printableText(tactics.join(', ')),
    printableText([...new Set(techniques.map(({ id }) => id))].join(', ')),
    printableText(file),
  ]);
  const head = ['name', 'severity', 'platform', 'tactic', 'technique', 'file'];
  return `${renderTable(head, rows, { width: outputColumns(), overflow: 'cut' })}\n`;
}
