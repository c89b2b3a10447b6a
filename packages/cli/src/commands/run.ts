import { alertToJson, isEqlRule, mapQueryDiagnostics, RuleEngine, type Alert } from '@eqlkit/rules';
import { countRuleFiles, type LoadedRules } from '@eqlkit/rules/node';
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
import { parseFieldName, parseIndexName, parseTime, parseWorkerCount } from '../option-values.js';
import { renderAlert } from '../output/alert-text.js';
import { countOf } from '../output/count-of.js';
import { sayDiagnostics } from '../output/diagnostics.js';
import { foldDuplicates } from '../output/fold-duplicates.js';
import { describeOtherRules } from '../output/other-rules.js';
import { EventProblems } from '../output/event-problems.js';
import { sayInputProblem } from '../output/input-problem.js';
import { jsonLine } from '../output/json-text.js';
import { sayNote, sayWarning } from '../output/messages.js';
import { startProgress } from '../output/progress.js';
import { timeStep } from '../output/time-step.js';
import { renderSummary } from '../output/summary.js';
import { describeRunFindings } from '../output/run-findings.js';
import { loadRuleInput } from '../rule-input.js';
import { alertBatches } from '../run/alert-batches.js';
import { startRuleWorkers, type RuleTask, type RuleWorkers } from '../run/rule-workers.js';

interface RunOptions extends InputOptions {
  readonly events?: readonly string[];
  readonly output: 'table' | 'json' | 'ndjson';
  readonly failOnAlert: boolean;
  readonly strict: boolean;
  readonly tiebreakerField?: string;
  readonly index?: string;
  readonly ignoreIndex: boolean;
  readonly lookBack: boolean;
  /** Milliseconds since the epoch. */
  readonly now?: number;
  readonly workers: number;
}

const EXAMPLES = `
Exit codes:
  0  every rule ran (with or without alerts)
  1  there were alerts, and --fail-on-alert was given
  2  a rule is broken; the others ran
  3  bad usage or unreadable input; with --strict, also bad events

Examples:
  $ eql run rules/ --events logs/
  $ eql run 'rules/**/*.toml' --events events.ndjson.gz --output ndjson
  $ eql run rules/ --events large.ndjson --workers 3
  $ eql run rules/elastic --events auditbeat.ndjson --map auditbeat
  $ cat events.ndjson | eql run rule.toml --events - --fail-on-alert`;

/** Adds \`eql run\`. */
export function registerRun(program: Command): void {
  const command = program
    .command('run')
    .description('run detection rules over events and print the alerts')
    .argument('<rules...>', 'rule files, folders or globs')
    .option('-e, --events <inputs...>', `${EVENT_INPUTS} (required)`)
    .addOption(
      new Option('-o, --output <format>', 'how alerts are printed')
        .choices(['table', 'json', 'ndjson'])
        .default('table'),
    )
    .option('--fail-on-alert', 'exit with 1 if there are alerts', false)
    .option('--strict', 'exit with 3 if any event is bad', false)
    .option('--tiebreaker-field <field>', 'field that orders events of one timestamp', parseFieldName)
    .option('--index <name>', 'index that all events come from, in place of what each event says', parseIndexName)
    .option('--ignore-index', 'show every rule every event, whatever its index says', false)
    .option('--look-back', "count only events between each rule's from and to, seen from --now", false)
    .option('--now <time>', 'what "now" means in dates, such as 2026-01-31T12:00:00Z (default: now)', parseTime)
    .addOption(formatOption())
    .addOption(mapOption())
    .addOption(
      new Option(
        '--workers <count>',
        'threads that look at events, or "auto" for one per core; alerts are the same, also in order; takes twice the CPU and pays only for runs of minutes on more than two idle cores',
      )
        .argParser(parseWorkerCount)
        .default(1),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (inputs: string[], options: RunOptions, command: Command) => {
      // Not a required option of commander's, which would miss it before it looks at misspelt ones.
      if (options.events === undefined)
        command.error("error: required option '-e, --events <inputs...>' not specified");
      else process.exitCode = await run(inputs, options.events, options);
    });
  command.configureOutput({
    outputError: (text, write) => {
      const { events } = command.opts<Partial<RunOptions>>();
      const swallowed = text.includes("missing required argument 'rules'") && events !== undefined;
      write(swallowed ? `${text.trimEnd()}: --events takes every path behind it, so name the rules before it\n` : text);
    },
  });
}

async function run(inputs: readonly string[], eventInputs: readonly string[], options: RunOptions): Promise<number> {
  const loaded = await loadRuleInput(inputs);
  const resolved = await resolveEventInput(eventInputs, options);
  for (const problem of resolved.problems) sayInputProblem(problem);
  if (loaded === null || resolved.problems.length > 0) return EXIT_CODE.badInput;

  for (const failure of loaded.failures) sayDiagnostics(failure.diagnostics, failure.file, failure.text);
  for (const { diagnostics, file, text } of loaded.packs) sayDiagnostics(diagnostics, file, text);
  const runnable = loaded.rules.filter(({ rule, disabled }) => isEqlRule(rule) && !disabled);
  const disabled = loaded.rules.filter((rule) => rule.disabled).length;
  if (disabled > 0) sayWarning(`${countOf(disabled, 'rule')} disabled in pack.toml`);
  const others = describeOtherRules(loaded.rules);
  if (others !== null) sayWarning(others);
  const shown = foldDuplicates(runnable);
  for (const { diagnostics, file, text } of shown.files) sayDiagnostics(diagnostics, file, text);
  for (const note of shown.notes) sayWarning(note);
  const task: RuleTask = {
    rules: runnable.map(({ rule }) => rule),
    options: {
      tiebreakerField: options.tiebreakerField,
      nowMs: options.now ?? Date.now(),
      lookBack: options.lookBack,
      exceptionLists: loaded.exceptionLists,
      indexName: options.index,
      ignoreIndex: options.ignoreIndex,
      watchCoverage: true,
    },
    sources: resolved.sources,
    maps: options.map ?? [],
  };
  // They compile the rules while this thread does.
  const workers = startWorkers(task, resolved, options.workers);
  try {
    const engine = await timeStep('compiling the rules', () => new RuleEngine(task.rules, task.options));
    reportBroken(engine, loaded);
    return await runRules(engine, loaded, { ...resolved, workers }, options);
  } finally {
    await workers?.close();
  }
}

/** Starts the threads that look at events, if there is to be more than one. */
function startWorkers(task: RuleTask, { reading }: EventInput, count: number): RuleWorkers | null {
  if (count === 1 || task.rules.length === 0) return null;
  if (reading.enrich === undefined) return startRuleWorkers(task, count);
  sayWarning('the mapping remembers earlier events, so that one thread looks at all of them despite --workers');
  return null;
}

interface RunInput extends EventInput {
  readonly workers: RuleWorkers | null;
}

/** Runs the rules over the events and reports on it; gives the exit code. */
async function runRules(
  engine: RuleEngine,
  loaded: LoadedRules,
  resolved: RunInput,
  options: RunOptions,
): Promise<number> {
  const problems = new EventProblems(resolved.misdeclared);
  // Events are not read for nothing.
  const input = engine.rules.length === 0 ? { ...resolved, sources: [] } : resolved;
  const outcome = await timeStep('running the rules over the events', () =>
    runEvents(engine, input, options, problems),
  );
  reportRun(engine, loaded, outcome.events, problems);
  const broken = engine.broken.length + countRuleFiles(loaded) - loaded.rules.length;
  sayNote(renderSummary({ ...outcome, rules: engine.rules.length, broken }));

  if (problems.unreadable || (options.strict && problems.total > 0)) return EXIT_CODE.badInput;
  if (broken > 0 || loaded.failures.length > 0) return EXIT_CODE.brokenRule;
  return options.failOnAlert && outcome.alerts > 0 ? EXIT_CODE.alerts : EXIT_CODE.ok;
}

/** Says what was wrong with the events, and why there may be no alerts. */
function reportRun(engine: RuleEngine, loaded: LoadedRules, events: number, problems: EventProblems): void {
  problems.report();
  if (engine.rules.length === 0) sayWarning('there is no rule to run, so no events were read');
  else if (events === 0 && problems.total === 0) sayWarning('there were no events');
  for (const line of describeRunFindings(engine, loaded.rules)) sayWarning(line);
}

function reportBroken(engine: RuleEngine, loaded: LoadedRules): void {
  for (const { rule, diagnostics } of engine.broken) {
    const file = loaded.rules.find((candidate) => candidate.rule === rule);
    if (file !== undefined) sayDiagnostics(mapQueryDiagnostics(diagnostics, file.text), file.file, file.text);
  }
}

async function runEvents(
  engine: RuleEngine,
  input: RunInput,
  options: RunOptions,
  problems: EventProblems,
): Promise<{ events: number; alerts: number; elapsedMs: number }> {
  const begun = performance.now();
  const progress = startProgress(input.sources);
  let events = 0;
  let alerts = 0;
  const show = (found: readonly Alert[]): void => {
    for (const alert of found) {
      process.stdout.write(formatAlert(alert, options.output, alerts === 0));
      alerts += 1;
    }
  };
  const batches = alertBatches(engine, input, input.workers, (problem) => {
    problems.add(problem);
  });
  for await (const batch of batches) {
    events += batch.run(show);
    progress.advance(batch.bytesRead, events);
  }
  show(engine.finish());
  progress.stop();
  if (options.output === 'json') process.stdout.write(alerts === 0 ? '[]\n' : '\n]\n');
  return { events, alerts, elapsedMs: performance.now() - begun };
}

function formatAlert(alert: Alert, output: RunOptions['output'], first: boolean): string {
  switch (output) {
    case 'table':
      return `${renderAlert(alert)}\n`;
    case 'ndjson':
      return `${jsonLine(alertToJson(alert))}\n`;
    case 'json':
      return `${first ? '[\n' : ',\n'}${jsonLine(alertToJson(alert))}`;
  }
}
