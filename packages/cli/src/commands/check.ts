import { resolve } from 'node:path';
import type { Diagnostic } from '@eqlkit/language';
import { isEqlRule } from '@eqlkit/rules';
import {
  applyFixes,
  countSeverities,
  diagnosticsJson,
  githubAnnotations,
  lintExceptions,
  lintRules,
  sarifLog,
  type DiagnosedFile,
  type LintOptions,
  type RuleFile,
} from '@eqlkit/rules/lint';
import { countRuleFiles, loadRules, rewriteRuleText, type LoadedRules } from '@eqlkit/rules/node';
import { printableText } from '@eqlkit/stream';
import { Option, type Command } from 'commander';
import { loadPackSchemas } from '../check/load-pack-schemas.js';
import { EXIT_CODE } from '../exit-code.js';
import { collect, parseCount } from '../option-values.js';
import { outColors } from '../output/colors.js';
import { countOf } from '../output/count-of.js';
import { printDiagnostics } from '../output/diagnostics.js';
import { foldDuplicates } from '../output/fold-duplicates.js';
import { jsonText } from '../output/json-text.js';
import { sayError, sayNote } from '../output/messages.js';
import { timeStep } from '../output/time-step.js';
import { loadSchema } from '../query/load-schema.js';
import { loadRuleInput } from '../rule-input.js';
import { VERSION } from '../version.js';

interface CheckOptions {
  readonly output: 'text' | 'json' | 'sarif' | 'github';
  readonly fix: boolean;
  readonly maxWarnings?: number;
  readonly mapping?: readonly string[];
  readonly schema?: readonly string[];
}

const HELP = `
Levels of findings, and schema files with a pack's own fields, stand in [lint] of its pack.toml. A comment
"// eql-disable-next-line <codes>" in a query, or "# eql-disable-next-line <codes>" elsewhere in a rule file, silences advice
about the next line. docs/lint explains every finding.

Exit codes:
  0  no errors (there may be warnings)
  2  a rule has an error, or there are more warnings than --max-warnings allows
  3  bad usage, unreadable input, or a file that cannot be written

Examples:
  $ eql check rules/
  $ eql check rules/ --fix
  $ eql check 'rules/**/*.toml' --max-warnings 0
  $ eql check rules/ --output sarif > eqlkit.sarif
  $ eql schema learn logs/ --to events.json && eql check rules/ --schema events.json`;

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
    .option('--max-warnings <n>', 'exit with 2 if there are more warnings', parseCount)
    .option('--mapping <file>', 'Elasticsearch mapping with the types of fields; may be repeated', collect)
    .option('--schema <file>', 'schema file with fields, learned or your own; may be repeated', collect)
    .addHelpText('after', HELP)
    .action(async (inputs: string[], options: CheckOptions) => {
      process.exitCode = await check(inputs, options);
    });
}

async function check(inputs: readonly string[], options: CheckOptions): Promise<number> {
  const cwd = process.cwd();
  let loaded = await loadRuleInput(inputs);
  const { schema, problems } = await loadSchema({
    mappings: options.mapping ?? [],
    schemas: options.schema ?? [],
    strict: false,
  });
  for (const message of problems) sayError(message);
  if (loaded === null || problems.length > 0) return EXIT_CODE.badInput;

  let packs = await loadPackSchemas(loaded.packs);
  const fixed = options.fix
    ? await fixFiles(filesToLint(loaded), { schema, packSchemas: packs.schemas }, cwd)
    : { changed: 0, unwritten: 0 };
  if (fixed.changed > 0) {
    loaded = await loadRules(inputs, { cwd });
    packs = await loadPackSchemas(loaded.packs);
  }
  const toLint = filesToLint(loaded);
  const linted = await timeStep('checking the rules', () => lintRules(toLint, { schema, packSchemas: packs.schemas }));
  const exceptions = lintExceptions(loaded.exceptionFiles, { schema, packSchemas: packs.schemas });
  const files = [...loaded.failures.filter(({ draft }) => draft === null), ...packs.files, ...exceptions, ...linted];
  files.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  const shown = options.output === 'text' ? foldDuplicates(files) : { files, notes: [] };
  process.stdout.write(format(shown.files, options.output));
  for (const note of shown.notes) sayNote(note);

  const { errors, warnings } = countSeverities(files);
  const mendable = files.reduce((sum, file) => sum + countSafeFixes(file), 0);
  sayNote(summarize(linted, countRuleFiles(loaded), files));
  if (mendable > 0 && !options.fix) sayNote(`${countOf(mendable, 'finding')} can be mended with --fix`);
  if (fixed.unwritten > 0) return EXIT_CODE.badInput;
  const tooMany = options.maxWarnings !== undefined && warnings > options.maxWarnings;
  return errors > 0 || tooMany ? EXIT_CODE.brokenRule : EXIT_CODE.ok;
}

/** The rules, and behind them what can be read of those whose head is broken, so that everything is said at once. */
function filesToLint({ rules, failures }: LoadedRules): readonly RuleFile[] {
  return [
    ...rules,
    ...failures.flatMap((failure) => (failure.draft === null ? [] : [{ ...failure, ...failure.draft }])),
  ];
}

/** Mends files in place, and returns how many, and how many more could not be written. */
async function fixFiles(
  files: readonly RuleFile[],
  options: LintOptions,
  cwd: string,
): Promise<{ readonly changed: number; readonly unwritten: number }> {
  const lint = (file: RuleFile): readonly Diagnostic[] => lintRules([file], options)[0]?.diagnostics ?? [];
  let changed = 0;
  let unwritten = 0;
  for (const file of files) {
    const { text, applied } = applyFixes(file, lint);
    if (applied.length === 0) continue;
    const failure = await rewriteRuleText(resolve(cwd, file.file), file.text, text);
    if (failure !== null) {
      sayError(`${printableText(file.file)} cannot be written: ${failure}.`);
      unwritten += 1;
      continue;
    }
    changed += 1;
    sayNote(`mended ${printableText(file.file)}: ${countOf(applied.length, 'change')}`);
  }
  return { changed, unwritten };
}

function summarize(rules: readonly RuleFile[], count: number, files: readonly DiagnosedFile[]): string {
  const { errors, warnings, infos } = countSeverities(files);
  const others = rules.filter(({ rule }) => !isEqlRule(rule)).length;
  const parts = [
    `${countOf(count, 'rule')} checked`,
    ...(others === 0 ? [] : [`${countOf(others, 'rule')} not EQL`]),
    countOf(errors, 'error'),
    countOf(warnings, 'warning'),
    countOf(infos, 'info'),
  ];
  return parts.join(' · ');
}

function countSafeFixes({ diagnostics }: DiagnosedFile): number {
  return diagnostics.filter(({ fix }) => fix?.safe === true).length;
}

function format(files: readonly DiagnosedFile[], output: CheckOptions['output']): string {
  switch (output) {
    case 'text':
      return files
        .flatMap(({ file, text, diagnostics }) =>
          diagnostics.map((diagnostic) => `${printDiagnostics([diagnostic], file, text, outColors)}\n`),
        )
        .join('\n');
    case 'json':
      return jsonText(diagnosticsJson(files));
    case 'sarif':
      return jsonText(sarifLog(files, VERSION));
    case 'github':
      return githubAnnotations(files);
  }
}
