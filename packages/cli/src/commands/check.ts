import {
  applyFixes,
  countSeverities,
  diagnosticsJson,
  githubAnnotations,
  isEqlRule,
  lintRules,
  sarifLog,
  type DiagnosedFile,
  type RuleFile,
} from '@eqlkit/rules';
import type { Diagnostic } from '@eqlkit/language';
import { loadRules, writeRuleText } from '@eqlkit/rules/node';
import { printableText } from '@eqlkit/stream';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { EXIT_CODE } from '../exit-code.js';
import { outColors } from '../output/colors.js';
import { countOf } from '../output/count-of.js';
import { printDiagnostics } from '../output/diagnostics.js';
import { say, sayError } from '../output/messages.js';
import { VERSION } from '../version.js';

interface CheckOptions {
  readonly output: 'text' | 'json' | 'sarif' | 'github';
  readonly fix: boolean;
  readonly maxWarnings?: number;
}

const EXAMPLES = `
Exit codes:
  0  no errors (there may be warnings)
  2  a rule has an error, or there are more warnings than --max-warnings allows
  3  bad usage or unreadable input

Examples:
  $ eql check rules/
  $ eql check rules/ --fix
  $ eql check 'rules/**/*.toml' --max-warnings 0
  $ eql check rules/ --output sarif > eqlkit.sarif`;

/** Adds \`eql check\`. */
export function registerCheck(program: Command): void {
  program
    .command('check')
    .description('say what is wrong with detection rules: syntax, types, fields, metadata, and what will hardly match')
    .argument('<rules...>', 'rule files, folders or globs')
    .addOption(
      new Option('-o, --output <format>', 'how findings are printed')
        .choices(['text', 'json', 'sarif', 'github'])
        .default('text'),
    )
    .option('--fix', 'mend what can be mended without a change of meaning', false)
    .option('--max-warnings <number>', 'exit with 2 if there are more warnings', parseCount)
    .addHelpText('after', EXAMPLES)
    .action(async (inputs: string[], options: CheckOptions) => {
      process.exitCode = await check(inputs, options);
    });
}

function parseCount(value: string): number {
  if (!/^\d{1,9}$/u.test(value)) throw new InvalidArgumentError('It is a whole number.');
  return Number(value);
}

async function check(inputs: readonly string[], options: CheckOptions): Promise<number> {
  const cwd = process.cwd();
  let loaded = await loadRules(inputs, { cwd });
  for (const { message } of loaded.problems) sayError(message);
  if (loaded.problems.length > 0) return EXIT_CODE.badInput;

  if (options.fix && (await fixFiles(loaded.rules, cwd)) > 0) loaded = await loadRules(inputs, { cwd });
  const linted = lintRules(loaded.rules);
  const files = [...loaded.failures, ...linted].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  process.stdout.write(format(files, options.output));

  const { errors, warnings, infos } = countSeverities(files);
  const others = linted.filter(({ rule }) => !isEqlRule(rule)).length;
  const mendable = files.reduce((sum, file) => sum + countSafeFixes(file), 0);
  const parts = [
    `${countOf(files.length, 'rule')} checked`,
    ...(others === 0 ? [] : [`${countOf(others, 'rule')} not EQL`]),
    countOf(errors, 'error'),
    countOf(warnings, 'warning'),
    countOf(infos, 'info'),
  ];
  say(parts.join(' · '));
  if (mendable > 0 && !options.fix) say(`${countOf(mendable, 'finding')} can be mended with --fix`);
  const tooMany = options.maxWarnings !== undefined && warnings > options.maxWarnings;
  return errors > 0 || tooMany ? EXIT_CODE.brokenRule : EXIT_CODE.ok;
}

/** Mends files in place, and returns how many. */
async function fixFiles(files: readonly RuleFile[], cwd: string): Promise<number> {
  const lint = (file: RuleFile): readonly Diagnostic[] => lintRules([file])[0]?.diagnostics ?? [];
  let changed = 0;
  for (const file of files) {
    const { text, applied } = applyFixes(file, lint);
    if (applied.length === 0) continue;
    await writeRuleText(resolve(cwd, file.file), text);
    changed += 1;
    say(`mended ${printableText(file.file)}: ${countOf(applied.length, 'change')}`);
  }
  return changed;
}

function countSafeFixes({ diagnostics }: DiagnosedFile): number {
  return diagnostics.filter(({ fix }) => fix?.safe === true).length;
}

function format(files: readonly DiagnosedFile[], output: CheckOptions['output']): string {
  switch (output) {
    case 'text':
      return files
        .filter(({ diagnostics }) => diagnostics.length > 0)
        .map(({ file, text, diagnostics }) => `${printDiagnostics(diagnostics, file, text, outColors)}\n`)
        .join('\n');
    case 'json':
      return `${JSON.stringify(diagnosticsJson(files), null, 2)}\n`;
    case 'sarif':
      return `${JSON.stringify(sarifLog(files, VERSION), null, 2)}\n`;
    case 'github':
      return githubAnnotations(files);
  }
}
