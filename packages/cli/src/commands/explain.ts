import { existsSync } from 'node:fs';
import {
  createQueryExplainer,
  EventCoverage,
  hasKeyValues,
  type CompileOptions,
  type QueryExplanation,
  type QueryGate,
  type QueryExplainer,
} from '@eqlkit/engine';
import { analyzeQuery, DIALECTS, hasErrors, type CheckedQuery, type DialectName } from '@eqlkit/language';
import { compileOptionsOf, createRuleGate, isEqlRule, mapQueryDiagnostics, withRuleConditions } from '@eqlkit/rules';
import { encodeEvent, orderedEvents, printableText } from '@eqlkit/stream';
import { Option, type Command } from 'commander';
import {
  EVENT_INPUTS,
  formatOption,
  mapOption,
  resolveEventInput,
  type EventInput,
  type InputOptions,
} from '../event-input.js';
import { EXIT_CODE } from '../exit-code.js';
import { explanationToJson } from '../explain/explanation-to-json.js';
import { renderExplanation } from '../explain/render-explanation.js';
import { collect, parseCount, parseFieldName, parseIndexName, parsePositiveCount } from '../option-values.js';
import { countOf } from '../output/count-of.js';
import { sayDiagnostics } from '../output/diagnostics.js';
import { EventProblems } from '../output/event-problems.js';
import { sayInputProblem } from '../output/input-problem.js';
import { sayError, sayWarning } from '../output/messages.js';
import { startProgress } from '../output/progress.js';
import { describeQueryCoverage } from '../output/query-coverage.js';
import { timeStep } from '../output/time-step.js';
import { looksLikePath } from '../looks-like-path.js';
import { loadRuleInput } from '../rule-input.js';

interface ExplainCommandOptions extends InputOptions {
  readonly dialect: DialectName;
  readonly categoryField?: string;
  readonly timestampField?: string;
  readonly tiebreakerField?: string;
  readonly event?: number;
  readonly key?: readonly string[];
  readonly index?: string;
  readonly ignoreIndex: boolean;
  readonly shown: number;
  readonly output: 'text' | 'json';
}

/** A query with where it came from. */
interface Subject {
  readonly query: CheckedQuery;
  readonly options: CompileOptions;
  /** Which events the rule sees; `null` for all. */
  readonly gate: QueryGate | null;
}

const HELP = `
A condition is drawn as a tree: what holds, what does not, the values that it saw, and the part that decided. The table
counts how many events each condition rejects, and how many it alone rejects: the clause that kills everything stands out.
For a sequence each join key tells its story: what began, went on, was overwritten, expired or was ended by until, and
which event nearly came next.

Filters and exceptions of a rule are conditions like those of its query; exceptions may stand in other files of a folder
that is given in place of the rule. Events of other indices or systems than the rule's are counted and not shown to it.

Exit codes:
  0  explained
  2  the query or rule is wrong
  3  bad usage or unreadable input

Examples:
  $ eql explain 'process where process.name == "sh" and user.id == "0"' events.ndjson
  $ eql explain rule.toml logs/ --shown 10
  $ eql explain rule.toml events.ndjson --key 4f1c --key M2YwYzJi
  $ eql explain 'any where destination.port > 1024' events.ndjson --event 17`;

/** Adds \`eql explain\`. */
export function registerExplain(program: Command): void {
  program
    .command('explain')
    .description('tell why a rule or query matched, or why it did not')
    .argument('<rule-or-query>', 'a rule file, or a query quoted for the shell')
    .argument('<events...>', EVENT_INPUTS)
    .addOption(new Option('--dialect <name>', 'variant of EQL').choices(Object.keys(DIALECTS)).default('elasticsearch'))
    .option('--category-field <field>', 'field with the event category', parseFieldName)
    .option('--timestamp-field <field>', 'field with the time of an event', parseFieldName)
    .option('--tiebreaker-field <field>', 'field that orders events of one timestamp', parseFieldName)
    .option('--event <n>', 'explain the n-th event only, counted in order of time from 1', parsePositiveCount)
    .option('--key <value>', 'show one join key; repeat it for each of its fields, in order', collect)
    .option('--index <name>', 'index that all events come from, in place of what each event says', parseIndexName)
    .option('--ignore-index', 'show the rule every event, whatever its index says', false)
    .option('--shown <n>', 'how many events of each stage and how many join keys are shown', parseCount, 3)
    .addOption(new Option('-o, --output <format>', 'how it is printed').choices(['text', 'json']).default('text'))
    .addOption(formatOption())
    .addOption(mapOption())
    .addHelpText('after', HELP)
    .action(async (subject: string, inputs: string[], options: ExplainCommandOptions) => {
      process.exitCode = await explain(subject, inputs, options);
    });
}

async function explain(text: string, inputs: readonly string[], options: ExplainCommandOptions): Promise<number> {
  const subject = existsSync(text) || looksLikePath(text) ? await readRule(text, options) : readQuery(text, options);
  if (typeof subject === 'number') return subject;
  const resolved = await resolveEventInput(inputs, options);
  for (const problem of resolved.problems) sayInputProblem(problem);
  if (resolved.problems.length > 0) return EXIT_CODE.badInput;

  const { explainer, query } = createQueryExplainer(subject.query, {
    ...subject.options,
    kept: options.shown,
    only: options.event,
    key: options.key,
    gate: subject.gate,
  });
  if (explainer === null || query === null) return EXIT_CODE.brokenRule;
  const wrongKey = options.key === undefined ? null : describeWrongKey(explainer.keyFields, options.key);
  if (wrongKey !== null) {
    sayError(wrongKey);
    return EXIT_CODE.badInput;
  }
  const problems = new EventProblems(resolved.misdeclared);
  const { tiebreakerField } = subject.options;
  const coverage = new EventCoverage([query], {
    timesGiven: true,
    fields: tiebreakerField === undefined ? [] : [tiebreakerField],
  });
  const events = await timeStep('reading and explaining', () =>
    watch({ explainer, coverage }, resolved, subject, options.event, problems),
  );
  problems.report();
  if (events === 0 && problems.total === 0) sayWarning('there were no events');
  reportCoverage(coverage, options.event, tiebreakerField);
  if (options.event !== undefined && events < options.event) {
    sayError(`there is no event ${options.event}: ${countOf(events, 'event')} were read`);
    return EXIT_CODE.badInput;
  }
  const explanation = explainer.finish();
  process.stdout.write(printExplanation(explanation, options));
  return problems.unreadable ? EXIT_CODE.badInput : EXIT_CODE.ok;
}

function printExplanation(explanation: QueryExplanation, options: ExplainCommandOptions): string {
  const { key, shown, event } = options;
  if (options.output === 'json') {
    const stories = explanation.sequence?.stories ?? [];
    const chosen = stories.filter((story) => key === undefined || hasKeyValues(story.key.values, key));
    return `${encodeEvent(explanationToJson(explanation, chosen))}\n`;
  }
  return renderExplanation(explanation, { shown, key, event });
}

/** Says what no event had; of one event its own tree tells that. */
function reportCoverage(coverage: EventCoverage, only: number | undefined, tiebreakerField: string | undefined): void {
  if (only !== undefined) return;
  const named = new Map([[tiebreakerField ?? '', '--tiebreaker-field orders nothing']]);
  for (const line of describeQueryCoverage(coverage, named, false)) sayWarning(line);
}

/** What is wrong with the values of a join key, if there are not as many as fields; `null` if nothing. */
function describeWrongKey(fields: readonly string[], values: readonly string[]): string | null {
  if (fields.length === values.length) return null;
  if (fields.length === 0) return 'the query has no join key, so there is none to show; leave out --key';
  const names = fields.map((field) => printableText(field));
  return (
    `the query joins by ${countOf(fields.length, 'field')}, ${names.join(', ')}; give one value for each, in this order: ` +
    names.map((name) => `--key <${name}>`).join(' ')
  );
}

/** Shows the explainer the events, for a query for single events up to the one that is asked about, and counts them. */
async function watch(
  { explainer, coverage }: { readonly explainer: QueryExplainer; readonly coverage: EventCoverage },
  { sources, reading }: EventInput,
  { query, options: { categoryField, timestampField, tiebreakerField } }: Subject,
  only: number | undefined,
  problems: EventProblems,
): Promise<number> {
  const progress = startProgress(sources);
  const batches = orderedEvents(sources, {
    ...reading,
    ...(categoryField === undefined ? {} : { categoryField }),
    ...(timestampField === undefined ? {} : { timestampField }),
    ...(tiebreakerField === undefined ? {} : { tiebreakerField }),
    onProblem: (problem) => problems.add(problem),
  });
  const isForEvents = query.statement.query.kind === 'event-query';
  let events = 0;
  for await (const batch of batches) {
    for (const { event, timestamp } of batch.records) {
      events += 1;
      explainer.observe(event, timestamp);
      coverage.observe(event);
    }
    progress.advance(batch.bytesRead, events);
    // What a sequence made of an event may depend on all others.
    if (isForEvents && only !== undefined && events >= only) break;
  }
  progress.stop();
  return events;
}

function readQuery(text: string, options: ExplainCommandOptions): Subject | number {
  const compileOptions = withFields({ nowMs: Date.now() }, options);
  const { query, diagnostics } = analyzeQuery(text, { dialect: DIALECTS[options.dialect] });
  const found = query === null ? [] : createQueryExplainer(query, compileOptions).diagnostics;
  const all = [...diagnostics, ...found];
  sayDiagnostics(all, 'query', text);
  return query === null || hasErrors(all) ? EXIT_CODE.brokenRule : { query, options: compileOptions, gate: null };
}

async function readRule(path: string, options: ExplainCommandOptions): Promise<Subject | number> {
  const loaded = await loadRuleInput([path]);
  if (loaded === null) return EXIT_CODE.badInput;
  const { rules, failures } = loaded;
  for (const failure of failures) sayDiagnostics(failure.diagnostics, failure.file, failure.text);
  if (failures.length > 0) return EXIT_CODE.brokenRule;
  const [first, ...others] = rules.filter(({ rule }) => isEqlRule(rule));
  if (first === undefined || others.length > 0) {
    sayError(`${path} holds ${countOf(first === undefined ? 0 : others.length + 1, 'EQL rule')}; name the file of one`);
    return EXIT_CODE.badInput;
  }
  const { rule } = first;
  const { query: written, diagnostics } = analyzeQuery(rule.query, { dialect: DIALECTS[rule.dialect] });
  const conditions = { exceptionLists: loaded.exceptionLists, lookBack: false, nowMs: Date.now() };
  const query = written === null ? null : withRuleConditions(written, rule, conditions);
  const gate = createRuleGate([rule], { ignoreIndex: options.ignoreIndex, indexName: options.index ?? null });
  const compileOptions = withFields(compileOptionsOf(rule, { nowMs: Date.now() }), options);
  const found = query === null ? [] : createQueryExplainer(query, compileOptions).diagnostics;
  const all = [...diagnostics, ...found];
  sayDiagnostics(mapQueryDiagnostics(all, first.text), first.file, first.text);
  return query === null || hasErrors(all) ? EXIT_CODE.brokenRule : { query, options: compileOptions, gate };
}

function withFields(base: CompileOptions, options: ExplainCommandOptions): CompileOptions {
  const { categoryField, timestampField, tiebreakerField } = options;
  return {
    ...base,
    ...(categoryField === undefined ? {} : { categoryField }),
    ...(timestampField === undefined ? {} : { timestampField }),
    ...(tiebreakerField === undefined ? {} : { tiebreakerField }),
  };
}
