import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { DialectName } from '@eqlkit/language';
import {
  ATTACK_TACTICS,
  createRuleTestToml,
  createRuleToml,
  parseRuleToml,
  RULE_SEVERITIES,
  RULE_TEST_SUFFIX,
  tacticSlug,
  USUAL_RISK_SCORES,
  type RuleDefaults,
  type RuleSeverity,
} from '@eqlkit/rules';
import { packAt } from '@eqlkit/rules/node';
import { printableText } from '@eqlkit/stream';
import { Option, type Command } from 'commander';
import { EXIT_CODE } from '../exit-code.js';
import { checkNewQuery } from '../new/check-new-query.js';
import { completeAnswers, type RuleAnswers } from '../new/rule-answers.js';
import { today } from '../new/today.js';
import {
  collect,
  DEFEND_SYSTEMS,
  parseRiskScore,
  parseSystem,
  parseTactic,
  parseTechniqueId,
} from '../option-values.js';
import { sayDiagnostics } from '../output/diagnostics.js';
import { sayError, sayNote, sayWarning } from '../output/messages.js';
import { describeWriteFailure } from '../output/write-failure.js';

interface NewOptions {
  readonly name?: string;
  readonly description?: string;
  readonly tactic?: string;
  readonly technique?: readonly string[];
  readonly severity?: RuleSeverity;
  readonly riskScore?: number;
  readonly query?: string;
  readonly index?: readonly string[];
  readonly author?: readonly string[];
  readonly endpoint: boolean;
  readonly os?: readonly string[];
  readonly to?: string;
  readonly force: boolean;
}

const HELP = `
On a terminal what is not given is asked for. Elsewhere --name, --description, --tactic, --severity and --query are
needed. The rule is called <tactic>_<name>.toml, in the working folder, and has its tests beside it, in <rule>.test.toml: events on
which it fires, drawn from the query, and events on which it does not. The names of both files go to standard output. The query is read
in the dialect of the pack (pack.toml) that the file lies in, with --endpoint in that of Elastic Defend.

Exit codes:
  0    both files are written
  2    the query is wrong; nothing is written
  3    bad usage, or a file is there already or cannot be written
  130  stopped with Ctrl-C or Ctrl-D; nothing is written

Examples:
  $ eql new
  $ eql new --tactic persistence --severity medium
  $ eql new --name 'Shell of a web server' --description 'A web server starts a shell.' --tactic execution \\
      --technique T1059.004 --severity high --query 'process where process.parent.name == "nginx"' --to rules/nginx.toml
  $ eql new --endpoint --os linux --os macos`;

/** Adds \`eql new\`. */
export function registerNew(program: Command): void {
  program
    .command('new')
    .description('write a new rule and its tests, from questions or from options')
    .option('--name <text>', 'what the rule is called')
    .option('--description <text>', 'what it finds')
    .option('--tactic <name>', 'tactic of MITRE ATT&CK: its id or name, such as TA0003 or persistence', parseTactic)
    .option('--technique <id>', 'technique or subtechnique, such as T1547.013; may be repeated', collectTechniques)
    .addOption(new Option('--severity <name>', 'how bad it is when the rule fires').choices(RULE_SEVERITIES))
    .option('--risk-score <n>', 'from 0 to 100; by default what goes with the severity', parseRiskScore)
    .option('--query <text>', 'its query, in EQL')
    .option('--index <pattern>', 'indices that it looks at, such as logs-endpoint.events.*; may be repeated', collect)
    .option('--author <name>', 'who wrote it; may be repeated', collect)
    .option('--endpoint', 'write a behaviour rule of Elastic Defend, with a query in the endpoint dialect', false)
    .option(
      '--os <name>',
      `with --endpoint: system that it is for, one of ${DEFEND_SYSTEMS.join(', ')}; may be repeated`,
      collectSystems,
    )
    .option('--to <file>', 'the file of the rule, by default <tactic>_<name>.toml')
    .option('--force', 'write over files that are there', false)
    .addHelpText('after', HELP)
    .action(async (options: NewOptions) => {
      process.exitCode = await createRule(options);
    });
}

function collectTechniques(value: string, gathered: readonly string[] | undefined): readonly string[] {
  return collect(parseTechniqueId(value), gathered);
}

function collectSystems(value: string, gathered: readonly string[] | undefined): readonly string[] {
  return [...new Set(collect(parseSystem(value), gathered))];
}

async function createRule(options: NewOptions): Promise<number> {
  const { name, description, tactic: tacticId, severity, query } = options;
  const problem = findProblem(options);
  if (problem !== null) return fail(problem);
  const defaults = await readDefaults(options);
  const given = { name, description, tacticId, severity, query };
  let answers = completeAnswers(given);
  if ('missing' in answers) {
    if (!process.stdin.isTTY || !process.stderr.isTTY) {
      return fail(`without a terminal to ask on, ${answers.missing.join(', ')} must be given`);
    }
    const { askAnswers } = await import('../new/ask-answers.js');
    const asked = await askAnswers(given, defaults.dialect);
    if (asked === null) return EXIT_CODE.stopped;
    answers = asked;
  }
  const { formatted, errors } = checkNewQuery(answers.query, defaults.dialect);
  if (errors.length > 0) {
    sayDiagnostics(errors, 'query', answers.query);
    return EXIT_CODE.brokenRule;
  }
  return writeFiles({ ...answers, query: formatted }, options, defaults);
}

/** What describes a pack, and what holds the defaults of options. */
const FILES_OF_OTHERS: ReadonlySet<string> = new Set(['pack.toml', 'eql.toml']);

/** What of the options cannot be, before anything is asked. */
function findProblem({ name, description, query, index, author, endpoint, os, to, force }: NewOptions): string | null {
  for (const [flag, values] of Object.entries({ name, description, query, index, author })) {
    if ([values ?? []].flat().some((value: string) => value.trim() === '')) return `--${flag} is empty`;
  }
  if (name !== undefined && /[\r\n]/u.test(name.trim())) return '--name is one line; --description may have more';
  if (endpoint && index !== undefined) return '--index is for detection rules, and --endpoint writes a behaviour rule';
  if (!endpoint && os !== undefined)
    return '--os goes with --endpoint; a detection rule asks for host.os.type in its query';
  if (to === undefined) return null;
  if (!to.endsWith('.toml') || to.endsWith(RULE_TEST_SUFFIX)) {
    return `--to wants a file that ends in .toml, not in ${RULE_TEST_SUFFIX}, which is for tests`;
  }
  if (FILES_OF_OTHERS.has(basename(to)))
    return `--to wants another name than ${basename(to)}, which is no file of a rule`;
  return force ? null : describeExisting(to);
}

function describeExisting(file: string): string | null {
  const existing = [file, testFileOf(file)].find((path) => existsSync(path));
  return existing === undefined
    ? null
    : `${printableText(existing)} is there already; choose another with --to, or write over it with --force`;
}

/** What the rule will have of its pack: without --endpoint its dialect, too. */
async function readDefaults({ endpoint, to = '.toml' }: NewOptions): Promise<RuleDefaults & { dialect: DialectName }> {
  const cwd = process.cwd();
  const pack = await packAt(resolve(cwd, to), cwd);
  return { keys: pack?.defaults ?? {}, dialect: endpoint ? 'endpoint' : (pack?.dialect ?? 'elasticsearch') };
}

async function writeFiles(answers: RuleAnswers, options: NewOptions, defaults: RuleDefaults): Promise<number> {
  const file = options.to ?? fileNameOf(answers);
  const existing = options.force ? null : describeExisting(file);
  if (existing !== null) return fail(existing);

  const date = today();
  const text = createRuleToml({
    ...answers,
    id: randomUUID(),
    riskScore: options.riskScore ?? USUAL_RISK_SCORES[answers.severity],
    date,
    author: options.author ?? [],
    index: options.index ?? [],
    techniqueIds: options.technique ?? [],
    osList: options.endpoint ? (options.os ?? DEFEND_SYSTEMS) : null,
  });
  const { rule } = parseRuleToml(text, file, defaults);
  if (rule === null) throw new Error('A rule was written that does not read back.');
  const test = createRuleTestToml(rule, basename(file), Date.parse(`${date.replaceAll('/', '-')}T00:00:00Z`));
  const written: string[] = [];
  try {
    await mkdir(dirname(file), { recursive: true });
    for (const [path, content] of [
      [file, text],
      [testFileOf(file), test.text],
    ] as const) {
      // Whatever came to be meanwhile is not written over either.
      await writeFile(path, content, { flag: options.force ? 'w' : 'wx' });
      written.push(path);
    }
  } catch (error) {
    // A rule without its tests would stand in the way of the next try.
    if (!options.force) for (const path of written) await rm(path, { force: true });
    return fail(describeWriteFailure(file, error));
  }
  process.stdout.write(written.map((path) => `${printableText(path)}\n`).join(''));
  if (!test.fires) {
    sayWarning(
      `the events drawn from the query do not fire the rule: complete them in ${printableText(testFileOf(file))}`,
    );
  }
  sayNote(`check it with: eql check ${shellWord(printableText(file))}`);
  return EXIT_CODE.ok;
}

/** `<tactic>_<name>.toml`, as Elastic's rules are called. */
function fileNameOf({ name, tacticId }: RuleAnswers): string {
  // Letters with accents are their base letters; what has none of a to z is left out.
  const slug =
    tacticSlug(name.normalize('NFKD').replace(/\p{M}/gu, ''))
      .replace(/^_+|_+$/gu, '')
      .slice(0, 80) || 'rule';
  return `${tacticSlug(ATTACK_TACTICS.get(tacticId) ?? tacticId)}_${slug}.toml`;
}

/** A word of a command line, in quotes if a shell would take it for several or for something else. */
function shellWord(text: string): string {
  return /^[\w./-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function testFileOf(file: string): string {
  return join(dirname(file), `${basename(file, '.toml')}${RULE_TEST_SUFFIX}`);
}

function fail(message: string): number {
  sayError(message);
  return EXIT_CODE.badInput;
}
