import { resolve } from 'node:path';
import { DIALECTS, formatQuery, type Diagnostic, type DialectName } from '@eqlkit/language';
import { formatRule, parseRuleToml } from '@eqlkit/rules';
import {
  byteOrderMarkOf,
  countRuleFiles,
  decodeRuleText,
  MAX_RULE_FILE_BYTES,
  rewriteRuleText,
} from '@eqlkit/rules/node';
import { printableText } from '@eqlkit/stream';
import { Option, type Command } from 'commander';
import { EXIT_CODE } from '../exit-code.js';
import { parsePositiveCount } from '../option-values.js';
import { countOf } from '../output/count-of.js';
import { sayDiagnostics } from '../output/diagnostics.js';
import { sayError, sayNote } from '../output/messages.js';
import { loadRuleInput } from '../rule-input.js';

interface FormatOptions {
  readonly check: boolean;
  readonly width: number;
  readonly dialect: DialectName;
}

const HELP = `
Only the query inside a file changes, and in it only white space and the places of comments: it means the same
afterwards. Formatting again changes nothing. The names of the files that change go to standard output.

Exit codes:
  0  every query is formatted
  1  with --check: a query is not formatted
  2  a rule is broken; the others are formatted
  3  bad usage, unreadable input, or a file that cannot be written

Examples:
  $ eql fmt rules/
  $ eql fmt rules/ --check
  $ eql fmt - < rule.toml > formatted.toml
  $ echo 'process where a==1' | eql fmt -`;

/** Adds \`eql fmt\`. */
export function registerFormat(program: Command): void {
  program
    .command('fmt')
    .description('format the queries inside rule files, and nothing else in them')
    .argument('<rules...>', 'rule files, folders or globs; or - for a rule file or a query from standard input')
    .option('--check', 'change nothing, and exit with 1 if something would change', false)
    .option('--width <columns>', 'columns that lines of a query keep to', parsePositiveCount, 100)
    .addOption(
      new Option('--dialect <name>', 'variant of EQL of a query from standard input')
        .choices(Object.keys(DIALECTS))
        .default('elasticsearch'),
    )
    .addHelpText('after', HELP)
    .action(async (inputs: string[], options: FormatOptions) => {
      process.exitCode = inputs.includes('-') ? await formatInput(inputs, options) : await formatFiles(inputs, options);
    });
}

async function formatFiles(inputs: readonly string[], { check, width }: FormatOptions): Promise<number> {
  const cwd = process.cwd();
  const loaded = await loadRuleInput(inputs);
  if (loaded === null) return EXIT_CODE.badInput;
  const { rules, failures } = loaded;

  for (const { diagnostics, file, text } of failures) sayDiagnostics(diagnostics, file, text);
  let broken = countRuleFiles(loaded) - rules.length;
  let changed = 0;
  let unwritten = 0;
  for (const { rule, file, text } of rules) {
    const formatted = formatRule(rule, text, width);
    if (formatted.diagnostics.length > 0) {
      sayDiagnostics(formatted.diagnostics, file, text);
      broken += 1;
    }
    if (formatted.text === text) continue;
    const failure = check ? null : await rewriteRuleText(resolve(cwd, file), text, formatted.text);
    if (failure !== null) {
      sayError(`${printableText(file)} cannot be written: ${failure}.`);
      unwritten += 1;
      continue;
    }
    changed += 1;
    process.stdout.write(`${printableText(file)}\n`);
  }
  const parts = [
    countOf(countRuleFiles(loaded), 'rule'),
    `${changed.toLocaleString('en-US')} ${check ? 'not formatted' : 'changed'}`,
    ...(broken === 0 ? [] : [`${broken.toLocaleString('en-US')} broken`]),
  ];
  sayNote(parts.join(' · '));
  if (unwritten > 0) return EXIT_CODE.badInput;
  if (broken > 0 || failures.length > 0) return EXIT_CODE.brokenRule;
  return check && changed > 0 ? EXIT_CODE.unformatted : EXIT_CODE.ok;
}

async function formatInput(inputs: readonly string[], options: FormatOptions): Promise<number> {
  if (inputs.length > 1) {
    sayError('Standard input (-) cannot be formatted together with files.');
    return EXIT_CODE.badInput;
  }
  const bytes = await readInput();
  const { text, diagnostic } = decodeRuleText(bytes);
  if (diagnostic !== null) {
    sayDiagnostics([diagnostic], '-', text);
    return EXIT_CODE.badInput;
  }
  const { formatted, diagnostics } = formatText(text, options);
  if (diagnostics.length > 0) {
    sayDiagnostics(diagnostics, '-', text);
    return EXIT_CODE.brokenRule;
  }
  if (!options.check) process.stdout.write(Buffer.concat([byteOrderMarkOf(bytes), Buffer.from(formatted, 'utf8')]));
  return options.check && formatted !== text ? EXIT_CODE.unformatted : EXIT_CODE.ok;
}

/** Formats a rule file, or a bare query, which no TOML with a table `[rule]` can be. */
function formatText(
  text: string,
  { width, dialect }: FormatOptions,
): { formatted: string; diagnostics: readonly Diagnostic[] } {
  if (/^[ \t]*\[\[?[ \t]*(?:rule|metadata)\b/mu.test(text)) {
    const { rule, diagnostics } = parseRuleToml(text, 'standard input');
    if (rule === null) return { formatted: text, diagnostics };
    const formatted = formatRule(rule, text, width);
    return { formatted: formatted.text, diagnostics: formatted.diagnostics };
  }
  const formatted = formatQuery(text, { dialect: DIALECTS[dialect], width });
  if (formatted.text === null) return { formatted: text, diagnostics: formatted.diagnostics };
  return { formatted: `${formatted.text}\n`, diagnostics: [] };
}

/** Standard input, up to a little more than a rule file may have. */
async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > MAX_RULE_FILE_BYTES) break;
  }
  return Buffer.concat(chunks);
}
