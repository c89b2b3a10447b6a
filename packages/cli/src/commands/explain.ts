import { existsSync } from 'node:fs';
import { createQueryExplainer, EventCoverage, type QueryExplanation } from '@eqlkit/engine';
import { DIALECTS } from '@eqlkit/language';
import { Option, type Command } from 'commander';
import { EVENT_INPUTS, formatOption, mapOption, resolveEventInput, type InputOptions } from '../event-input.js';
import { EXIT_CODE } from '../exit-code.js';
import { readQuery, readRule, type SubjectOptions } from '../explain/explained-subject.js';
import { explanationToJson } from '../explain/explanation-to-json.js';
import { describeNoEvent, describeUnknownKey, describeWrongKey } from '../explain/requests.js';
import { renderExplanation } from '../explain/render-explanation.js';
import { watchEvents } from '../explain/watch-events.js';
import { looksLikePath } from '../looks-like-path.js';
import { collect, parseCount, parseFieldName, parseIndexName, parsePositiveCount } from '../option-values.js';
import { describeLateEvents } from '../output/late-events.js';
import { describeQueryProblems } from '../output/evaluation-problems.js';
import { EventProblems } from '../output/event-problems.js';
import { sayInputProblem } from '../output/input-problem.js';
import { sayError, sayWarning } from '../output/messages.js';
import { describeQueryCoverage } from '../output/query-coverage.js';
import { timeStep } from '../output/time-step.js';

interface ExplainCommandOptions extends InputOptions, SubjectOptions {
  readonly event?: number;
  readonly key?: readonly string[];
  readonly shown: number;
  readonly output: 'text' | 'json';
}

const HELP = `
A condition is drawn as a tree: what holds, what does not, the values that it saw, and the part that decided. The table
counts how many events each condition rejects, and how many it alone rejects: the clause that kills everything stands out.
For a sequence each join key tells its story: what began, went on, was overwritten, expired, was ended by until or waits
still, and which event nearly came next. Joins and samples tell what each key lacks, pipes how many results they let pass.

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
  if (explainer === null) return EXIT_CODE.brokenRule;
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
    watchEvents({ explainer, coverage, query }, resolved, subject, options.event, problems),
  );
  problems.report();
  if (events === 0 && problems.total === 0) sayWarning('there were no events');
  reportCoverage(coverage, options.event, tiebreakerField);
  if (options.event !== undefined && events < options.event) {
    sayError(describeNoEvent(options.event, events));
    return EXIT_CODE.badInput;
  }
  const explanation = explainer.finish();
  if (explanation.late > 0) sayWarning(describeLateEvents(explanation.late));
  for (const line of describeQueryProblems(query)) sayWarning(line);
  const unknownKey = options.key === undefined ? null : describeUnknownKey(explanation, options.key);
  if (unknownKey !== null) sayWarning(unknownKey);
  printExplanation(explanation, options);
  return problems.unreadable ? EXIT_CODE.badInput : EXIT_CODE.ok;
}

function printExplanation(explanation: QueryExplanation, options: ExplainCommandOptions): void {
  const { key, shown, event } = options;
  if (options.output === 'json') {
    for (const piece of explanationToJson(explanation, key)) process.stdout.write(piece);
    return;
  }
  process.stdout.write(renderExplanation(explanation, { shown, key, event }));
}

/** Says what no event had; of one event its own tree tells that. */
function reportCoverage(coverage: EventCoverage, only: number | undefined, tiebreakerField: string | undefined): void {
  if (only !== undefined) return;
  const named = new Map([[tiebreakerField ?? '', '--tiebreaker-field orders nothing']]);
  for (const line of describeQueryCoverage(coverage, named, false)) sayWarning(line);
}
