import { writeFile } from 'node:fs/promises';
import type { JsonObject } from '@eqlkit/engine';
import {
  attackCoverage,
  navigatorLayer,
  packStatistics,
  type Counts,
  type Pack,
  type PackStatistics,
  type TechniqueCoverage,
} from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';
import { Option, type Command } from 'commander';
import { EXIT_CODE } from '../exit-code.js';
import { outColors } from '../output/colors.js';
import { countOf } from '../output/count-of.js';
import { renderCounts } from '../output/counts-text.js';
import { renderTable } from '../output/fitted-table.js';
import { jsonText } from '../output/json-text.js';
import { sayError, sayNote } from '../output/messages.js';
import { outputColumns } from '../output/terminal-width.js';
import { loadPack, type PackContents } from './load-pack.js';
import { describeWriteFailure } from '../output/write-failure.js';

interface InfoOptions {
  readonly output: 'text' | 'json';
  readonly navigator?: string;
}

const HELP = `
A rule counts once for each platform, tactic, construct and so on that it has. Rules that are not EQL count, too.

Exit codes:
  0  all files could be read
  2  a rule file or pack.toml is broken; the others are counted
  3  bad usage or unreadable input

Examples:
  $ eql pack info rules/
  $ eql pack info rules/ --navigator layer.json
  $ eql pack info rules/ --output json`;

/** Adds \`eql pack info\`. */
export function registerPackInfo(pack: Command): void {
  pack
    .command('info')
    .description('count the rules of packs by type, category, platform, tactic, severity, construct and technique')
    .argument('[packs...]', 'rule files, folders or globs', ['.'])
    .addOption(new Option('-o, --output <format>', 'how it is printed').choices(['text', 'json']).default('text'))
    .option('--navigator <file>', 'also write the techniques as a layer file for the ATT&CK Navigator')
    .addHelpText('after', HELP)
    .action(async (inputs: string[], options: InfoOptions) => {
      process.exitCode = await info(inputs, options);
    });
}

async function info(inputs: readonly string[], options: InfoOptions): Promise<number> {
  const contents = await loadPack(inputs);
  if (contents === null) return EXIT_CODE.badInput;
  const statistics = packStatistics(contents.rules);
  const coverage = attackCoverage(contents.rules);
  process.stdout.write(
    options.output === 'json'
      ? jsonText(infoJson(contents, statistics, coverage))
      : infoText(contents, statistics, coverage),
  );
  if (options.navigator !== undefined) {
    const name = contents.packs.length === 1 ? (contents.packs[0]?.pack.name ?? '') : inputs.join(', ');
    const layer = jsonText(navigatorLayer(name, coverage));
    try {
      await writeFile(options.navigator, layer);
    } catch (error) {
      sayError(describeWriteFailure(options.navigator, error));
      return EXIT_CODE.badInput;
    }
    sayNote(
      `wrote a layer of ${countOf(new Set(coverage.map((one) => one.techniqueId)).size, 'technique')} to ${options.navigator}`,
    );
  }
  return contents.brokenFiles > 0 ? EXIT_CODE.brokenRule : EXIT_CODE.ok;
}

function infoText(
  { rules, packs, brokenFiles }: PackContents,
  statistics: PackStatistics,
  coverage: readonly TechniqueCoverage[],
): string {
  const loose = rules.filter(({ pack }) => pack === null).length;
  const several = packs.length + (loose > 0 ? 1 : 0) > 1;
  const heads = packs.map(({ pack, file }) =>
    [
      outColors.bold(printableText(pack.name)),
      ...(several ? [countOf(rulesOf(pack, rules), 'rule')] : []),
      ...[pack.version, pack.license, pack.dialect].flatMap((part) => (part === null ? [] : [printableText(part)])),
      outColors.dim(printableText(file)),
      ...(pack.description === null ? [] : [`\n${printableText(pack.description)}`]),
    ]
      .join(' · ')
      .replace(' · \n', '\n'),
  );
  if (several && loose > 0) heads.push(`${outColors.bold('in no pack')} · ${countOf(loose, 'rule')}`);
  const disabled = rules.filter((rule) => rule.disabled).length;
  const totals = [
    `${several ? 'together ' : ''}${countOf(statistics.rules, 'rule')}`,
    ...(statistics.buildingBlocks === 0 ? [] : [countOf(statistics.buildingBlocks, 'building block')]),
    ...(disabled === 0 ? [] : [`${disabled} disabled`]),
    ...(statistics.unreadable === 0 ? [] : [`${statistics.unreadable} with a broken query`]),
    ...(brokenFiles === 0 ? [] : [outColors.red(countOf(brokenFiles, 'broken file'))]),
  ];
  const lists: readonly (readonly [string, Counts])[] = [
    ['Type', statistics.types],
    ['Severity', statistics.severities],
    ['Platform', statistics.platforms],
    ['Event category', statistics.categories],
    ['Tactic', statistics.tactics],
    ['Language construct', statistics.constructs],
    ['Function', statistics.functions],
    ['Data source', statistics.dataSources],
    ['Maturity', statistics.maturities],
  ];
  const counts = lists.map(([title, list]) => renderCounts(title, list)).filter((text) => text !== '');
  return [...heads, `${totals.join(' · ')}\n`, ...counts, coverageText(coverage)].join('\n');
}

function rulesOf(pack: Pack, rules: PackContents['rules']): number {
  return rules.filter((rule) => rule.pack === pack).length;
}

/** Techniques with the rules for each; a subtechnique stands below its technique. */
function coverageText(coverage: readonly TechniqueCoverage[]): string {
  if (coverage.length === 0) return '';
  let tactic = '';
  const rows = coverage.map(({ tacticId, tacticName, techniqueId, techniqueName, rules }) => {
    const shown = printableText([tacticId ?? '', tacticName ?? ''].join(' ').trim());
    const first = shown !== tactic;
    tactic = shown;
    const indent = techniqueId.includes('.') ? '  ' : '';
    const technique = printableText(`${indent}${techniqueId} ${techniqueName ?? ''}`);
    return [first ? shown : '', technique, String(rules.length)];
  });
  const table = renderTable(['tactic', 'technique', 'rules'], rows, { width: outputColumns(), overflow: 'cut' });
  return `${outColors.bold('ATT&CK coverage')}\n${table}\n`;
}

function infoJson(
  { rules, packs, brokenFiles }: PackContents,
  statistics: PackStatistics,
  coverage: readonly TechniqueCoverage[],
): JsonObject {
  return {
    packs: packs.map(({ pack, file }) => ({
      file,
      name: pack.name,
      version: pack.version,
      description: pack.description,
      license: pack.license,
      author: pack.author,
      dialect: pack.dialect,
      rules: rulesOf(pack, rules),
    })),
    rules_in_no_pack: rules.filter(({ pack }) => pack === null).length,
    rules: statistics.rules,
    disabled: rules.filter((rule) => rule.disabled).length,
    building_blocks: statistics.buildingBlocks,
    broken_queries: statistics.unreadable,
    broken_files: brokenFiles,
    types: countsJson(statistics.types),
    severities: countsJson(statistics.severities),
    platforms: countsJson(statistics.platforms),
    categories: countsJson(statistics.categories),
    tactics: countsJson(statistics.tactics),
    constructs: countsJson(statistics.constructs),
    functions: countsJson(statistics.functions),
    data_sources: countsJson(statistics.dataSources),
    maturities: countsJson(statistics.maturities),
    attack: coverage.map((one) => ({
      tactic_id: one.tacticId,
      tactic: one.tacticName,
      technique_id: one.techniqueId,
      technique: one.techniqueName,
      rules: one.rules.map(({ id }) => id),
    })),
  };
}

function countsJson(counts: Counts): JsonObject {
  return Object.fromEntries(counts.map(({ name, rules }) => [name, rules]));
}
