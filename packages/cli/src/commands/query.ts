import { prepareQuery, type CompiledQuery, type ResultPosition } from '@eqlkit/engine';
import { DIALECTS, type DialectName, type Schema } from '@eqlkit/language';
import { printableText } from '@eqlkit/stream';
import { Option, type Command } from 'commander';
import { conflictsWith } from '../config/conflicts.js';
import { EVENT_INPUTS, formatOption, mapOption, resolveEventInput, type InputOptions } from '../event-input.js';
import { addEventFieldOptions, eventFieldsOf, type EventFields } from '../event-fields.js';
import { EXIT_CODE } from '../exit-code.js';
import { looksLikePath } from '../looks-like-path.js';
import { collect, parseCount, parseFieldNames, parseSamplesPerKey } from '../option-values.js';
import { describeLateEvents } from '../output/late-events.js';
import { countOf } from '../output/count-of.js';
import { sayDiagnostics } from '../output/diagnostics.js';
import { describeQueryProblems } from '../output/evaluation-problems.js';
import { EventProblems } from '../output/event-problems.js';
import { sayInputProblem } from '../output/input-problem.js';
import { sayError, sayNote, sayWarning } from '../output/messages.js';
import { printableLines } from '../output/printable-lines.js';
import { describeQueryCoverage } from '../output/query-coverage.js';
import { renderQuerySummary } from '../output/summary.js';
import { timeStep } from '../output/time-step.js';
import { QueryAnswerer, type QueryOutcome } from '../query/answer-query.js';
import { loadSchema } from '../query/load-schema.js';
import { parseTimeRange } from '../query/time-range.js';
import {
  createResultPrinter,
  RESULT_FORMATS,
  type PrinterContext,
  type ResultFormat,
  type ResultPrinter,
} from '../results/result-printer.js';
import { createCountPrinter, createStatsPrinter } from '../results/summary-printers.js';

interface QueryOptions extends InputOptions, EventFields {
  readonly dialect: DialectName;
  readonly mapping?: readonly string[];
  readonly schema?: readonly string[];
  readonly strictSchema: boolean;
  readonly size: number;
  readonly resultPosition: ResultPosition;
  readonly maxSamplesPerKey: number;
  readonly output: ResultFormat;
  readonly fields?: readonly string[];
  readonly limit?: number;
  readonly count: boolean;
  readonly stats: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly strict: boolean;
}

const HELP = `
The answer is that of Elasticsearch's EQL search: at most --size results, the latest unless --result-position says
otherwise, in order of time; samples in order of their join keys.

Exit codes:
  0  the query was answered, with or without results
  2  the query is wrong
  3  bad usage or unreadable input; with --strict, also bad events

Examples:
  $ eql query 'process where process.name : "powershell*"' logs/
  $ eql query 'network where destination.port == 4444' events.ndjson --size 100 --result-position head
  $ eql query 'sequence by host.id with maxspan=1m [process where true] [network where true]' events.ndjson.gz
  $ eql query 'process where true' logs/ --from now-1d/d --fields @timestamp,host.name,process.name --output csv
  $ eql query 'network where true' logs/ --stats --fields destination.ip,destination.port
  $ eql query 'process where process.name == "cmd.exe"' sysmon.json.zst --map sysmon-nxlog
  $ cat events.ndjson | eql query 'any where user.name == "root"' - --output elasticsearch
  $ eql query 'alert where port > 1000' a.ndjson --category-field event_type --mapping a.mapping.json`;

/** Adds \`eql query\`. */
export function registerQuery(program: Command): void {
  const command = program
    .command('query')
    .description('ask an EQL query of events and print the results')
    .argument('<query>', 'the query, quoted for the shell')
    .argument('<events...>', EVENT_INPUTS)
    .addOption(
      new Option('-o, --output <format>', 'how results are printed').choices([...RESULT_FORMATS]).default('table'),
    )
    .addOption(new Option('--dialect <name>', 'variant of EQL').choices(Object.keys(DIALECTS)).default('elasticsearch'))
    .option('--fields <names>', 'fields to show, separated by commas; may be repeated', parseFieldNames)
    .option('--count', 'print only how many results there are', false)
    .addOption(
      conflictsWith(
        new Option('--stats', 'print when results happened and the most frequent values of --fields').default(false),
        ['count'],
      ),
    )
    .option('--from <date>', 'leave out events before a date, or date math such as now-9m')
    .option('--to <date>', 'leave out events after it')
    .option('--size <n>', 'most results', parseCount, 10)
    .addOption(
      conflictsWith(
        new Option('--limit <n>', 'the first n results: --size n --result-position head').argParser(parseCount),
        ['size', 'resultPosition'],
      ),
    )
    .addOption(
      new Option('--result-position <end>', 'which results are kept if there are more: the first or the last')
        .choices(['head', 'tail'])
        .default('tail'),
    )
    .option('--max-samples-per-key <n>', 'most samples with the same join keys, up to 10,000', parseSamplesPerKey, 1);
  addEventFieldOptions(command)
    .option('--mapping <file>', 'Elasticsearch mapping with the types of fields; may be repeated', collect)
    .option('--schema <file>', 'what eql schema learn found out about the fields; may be repeated', collect)
    .option('--strict-schema', 'refuse fields that no mapping or schema has, as Elasticsearch does', false)
    .option('--strict', 'exit with 3 if any event is bad', false)
    .addOption(formatOption())
    .addOption(mapOption())
    .addHelpText('after', HELP)
    .action(async (query: string, inputs: string[], options: QueryOptions, command: Command) => {
      warnOfIgnored(options, command);
      process.exitCode = await answer(query, inputs, options);
    });
}

/** Counts and statistics are of all results, whatever number the command line names. */
function warnOfIgnored({ count, stats }: QueryOptions, command: Command): void {
  if (!count && !stats) return;
  for (const name of ['size', 'limit', 'resultPosition'] as const) {
    if (command.getOptionValueSource(name) !== 'cli') continue;
    const option = command.options.find((one) => one.attributeName() === name)?.long ?? name;
    sayWarning(`${option} is ignored: ${count ? '--count counts' : '--stats looks at'} all results`);
  }
}

async function answer(text: string, inputs: readonly string[], options: QueryOptions): Promise<number> {
  if (looksLikePath(text)) {
    const shown = printableText(text);
    sayError(`"${shown}" is a file and no query; to run a rule: eql run ${shown} --events <inputs>`);
    return EXIT_CODE.badInput;
  }
  const { schema, problems: schemaProblems } = await loadSchema({
    mappings: options.mapping ?? [],
    schemas: options.schema ?? [],
    strict: options.strictSchema,
  });
  const resolved = await resolveEventInput(inputs, options);
  const failures = [...schemaProblems.map((message) => ({ message })), ...resolved.problems];
  for (const failure of failures) sayInputProblem(failure);
  if (failures.length > 0) return EXIT_CODE.badInput;

  const nowMs = Date.now();
  const { range, problem } = parseTimeRange(options.from, options.to, nowMs);
  if (range === null) {
    sayError(problem);
    return EXIT_CODE.badInput;
  }
  const { query, diagnostics } = await timeStep('checking the query', () =>
    prepareQuery(text, {
      dialect: DIALECTS[options.dialect],
      schema,
      ...eventFieldsOf(options),
      nowMs,
      // Counts and statistics are of all results.
      ...(options.count || options.stats ? {} : { size: options.limit ?? options.size }),
      resultPosition: options.limit === undefined ? options.resultPosition : 'head',
      maxSamplesPerKey: options.maxSamplesPerKey,
      // To count samples none need be kept; only pipes of the endgame dialect can make their order matter.
      sampleOrder: options.count && options.dialect !== 'endgame' ? 'as-found' : 'by-key',
    }),
  );
  sayDiagnostics(diagnostics, 'query', text);
  if (query === null) return EXIT_CODE.brokenRule;

  const problems = new EventProblems(resolved.misdeclared);
  const named = namedFields(options, schema);
  const answerer = new QueryAnswerer(query, resolved.sources, {
    fields: [...named.keys()].filter((field) => options.fields?.includes(field) !== true),
    columns: [...new Set(options.fields)],
  });
  const printer = choosePrinter(options, {
    query,
    chosen: options.fields ?? null,
    placeOf: (record) => answerer.placeOf(record),
  });
  const write = createWriter(options.output);
  let shown = 0;
  const outcome = await timeStep('answering the query', () =>
    answerer.answer({
      problems,
      range,
      reading: resolved.reading,
      timestampField: resolveAlias(options.timestampField, schema),
      categoryField: resolveAlias(options.categoryField, schema),
      tiebreakerField: options.tiebreakerField && resolveAlias(options.tiebreakerField, schema),
      onMatch: (match) => {
        shown += 1;
        write(printer.print(match));
      },
    }),
  );
  write(printer.finish({ tookMs: outcome.tookMs, isPartial: problems.unreadable }));
  reportProblems(query, problems, outcome);
  for (const line of describeQueryCoverage(answerer.coverage, named, outcome.endedEarly)) sayWarning(line);
  sayNote(renderQuerySummary({ ...outcome, shown }));
  return problems.unreadable || (options.strict && problems.total > 0) ? EXIT_CODE.badInput : EXIT_CODE.ok;
}

/** Writes results. The values of CSV are exact in files and pipes; a terminal gets no control characters of theirs. */
function createWriter(format: ResultFormat): (text: string) => void {
  const isSafe = format !== 'csv' || !process.stdout.isTTY;
  return (text) => {
    process.stdout.write(isSafe ? text : printableLines(text));
  };
}

/** Says what was wrong with events, and what the query could not do with them. */
function reportProblems(query: CompiledQuery, problems: EventProblems, outcome: QueryOutcome): void {
  const { lateEvents, isEmpty, events, beforeRange } = outcome;
  problems.report();
  if (lateEvents > 0) sayWarning(describeLateEvents(lateEvents));
  for (const line of describeQueryProblems(query)) sayWarning(line);
  if (isEmpty && problems.total === 0) sayWarning('there were no events');
  else if (!isEmpty && events === 0) {
    const where = beforeRange === 0 ? 'they begin later' : `${countOf(beforeRange, 'event')} came earlier`;
    sayWarning(`no event lies between --from and --to: ${where}`);
  }
}

/** The fields that options name, each with what it means if no event has it. */
function namedFields(options: QueryOptions, schema: Schema | null): ReadonlyMap<string, string> {
  const { timestampField, tiebreakerField, fields = [] } = options;
  return new Map([
    ...fields.map((field): [string, string] => [field, '--fields shows an empty column']),
    ...(tiebreakerField === undefined
      ? []
      : [[resolveAlias(tiebreakerField, schema), '--tiebreaker-field orders nothing'] as const]),
    [
      resolveAlias(timestampField, schema),
      'no event has a time (--timestamp-field; --map gives fields ECS names, see docs/field-mapping.md), so they come in the order of the input',
    ],
  ]);
}

function choosePrinter(options: QueryOptions, context: PrinterContext): ResultPrinter {
  if (options.count) return createCountPrinter(options.output);
  return options.stats ? createStatsPrinter(options.output, context) : createResultPrinter(options.output, context);
}

/** The field that a schema's alias stands for. */
function resolveAlias(field: string, schema: Schema | null): string {
  return schema?.fields.get(field)?.path ?? field;
}
