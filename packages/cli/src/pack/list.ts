import { didYouMean } from '@eqlkit/language';
import { fitsCriteria, isRuleSeverity, RULE_SEVERITIES, type RuleCriteria, type RuleSeverity } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { EXIT_CODE } from '../exit-code.js';
import { collect } from '../option-values.js';
import { countOf } from '../output/count-of.js';
import { columnWidths, renderTable, tableWidth } from '../output/fitted-table.js';
import { jsonText } from '../output/json-text.js';
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
On a narrow terminal the table has fewer columns; JSON always has all.

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
  process.stdout.write(options.output === 'json' ? jsonText(found.map(ruleSummaryJson)) : listText(found));
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

interface Column {
  readonly title: string;
  readonly cell: (rule: PackRule) => string;
  /** With fewer columns of the terminal it says too little. */
  readonly leastWidth: number;
  /** Where there is not room for all, those with the highest number are left out first. */
  readonly rank: number;
}

const FILE_TITLE = 'file';

const COLUMNS: readonly Column[] = [
  {
    title: 'name',
    cell: ({ rule, disabled }) => (disabled ? `${rule.name} (disabled)` : rule.name),
    leastWidth: 28,
    rank: 0,
  },
  { title: 'severity', cell: ({ rule }) => rule.severity ?? '', leastWidth: 8, rank: 2 },
  { title: 'platform', cell: ({ platforms }) => platforms.join(', '), leastWidth: 12, rank: 4 },
  { title: 'tactic', cell: ({ tactics }) => tactics.join(', '), leastWidth: 16, rank: 3 },
  {
    title: 'technique',
    cell: ({ techniques }) => [...new Set(techniques.map(({ id }) => id))].join(', '),
    leastWidth: 12,
    rank: 5,
  },
  { title: FILE_TITLE, cell: ({ file }) => file, leastWidth: 28, rank: 1 },
];

function listText(rules: readonly PackRule[]): string {
  if (rules.length === 0) return '';
  const width = outputColumns();
  const columns = readableColumns(rules, width);
  const head = columns.map(({ title }) => title);
  const rows = rules.map((rule) => columns.map(({ cell }) => printableText(cell(rule))));
  return `${renderTable(head, rows, { width, overflow: 'cut', cutAtStart: [head.indexOf(FILE_TITLE)] })}\n`;
}

/** The columns that can be read side by side in so many columns of the terminal: at least the name. */
function readableColumns(rules: readonly PackRule[], width: number): readonly Column[] {
  const needed = COLUMNS.map((column) => {
    const cells = rules.map((rule) => [printableText(column.cell(rule))]);
    const [natural = 0] = columnWidths([column.title], cells);
    return { column, width: Math.min(natural, column.leastWidth) };
  });
  for (let rank = COLUMNS.length - 1; rank > 0; rank -= 1) {
    const shown = needed.filter(({ column }) => column.rank <= rank);
    if (tableWidth(shown.map((one) => one.width)) <= width) return shown.map(({ column }) => column);
  }
  return COLUMNS.filter(({ rank }) => rank === 0);
}
