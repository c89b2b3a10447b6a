import { writeFile } from 'node:fs/promises';
import { SchemaLearner } from '@eqlkit/engine';
import { readEvents } from '@eqlkit/stream';
import type { Command } from 'commander';
import {
  EVENT_INPUTS,
  formatOption,
  mapOption,
  resolveEventInput,
  type EventInput,
  type InputOptions,
} from '../event-input.js';
import { EXIT_CODE } from '../exit-code.js';
import { parseFieldName } from '../option-values.js';
import { countOf } from '../output/count-of.js';
import { EventProblems } from '../output/event-problems.js';
import { jsonText } from '../output/json-text.js';
import { sayInputProblem } from '../output/input-problem.js';
import { sayError, sayNote, sayWarning } from '../output/messages.js';
import { startProgress } from '../output/progress.js';
import { timeStep } from '../output/time-step.js';
import { describeWriteFailure } from '../output/write-failure.js';

interface LearnOptions extends InputOptions {
  readonly to?: string;
  readonly categoryField: string;
  readonly strict: boolean;
}

const HELP = `
The schema says for each field what kind of values it has, how many events and categories have it, and which values are
frequent. Queries checked against it (--schema) are warned of unknown fields, wrong types and comparisons that cannot
hold. docs/schema.md describes the file.

Exit codes:
  0  the schema was written
  3  bad usage or unreadable input; with --strict, also bad events

Examples:
  $ eql schema learn logs/ --to schema.json
  $ eql query 'process where process.nmae == "sh"' logs/ --schema schema.json`;

const EXAMPLES = `
Examples:
  $ eql schema learn logs/ --to schema.json`;

/** Adds \`eql schema\`. */
export function registerSchema(program: Command): void {
  program
    .command('schema')
    .description('learn which fields events have')
    .addHelpText('after', EXAMPLES)
    .command('learn')
    .description('learn a schema from events and print it as JSON')
    .argument('<events...>', EVENT_INPUTS)
    .option('--to <file>', 'file that the schema is written to, instead of standard output')
    .option('--category-field <field>', 'field with the event category', parseFieldName, 'event.category')
    .option('--strict', 'exit with 3 if any event is bad', false)
    .addOption(formatOption())
    .addOption(mapOption())
    .addHelpText('after', HELP)
    .action(async (inputs: string[], options: LearnOptions) => {
      process.exitCode = await learn(inputs, options);
    });
}

async function learn(inputs: readonly string[], options: LearnOptions): Promise<number> {
  const resolved = await resolveEventInput(inputs, options);
  for (const problem of resolved.problems) sayInputProblem(problem);
  if (resolved.problems.length > 0) return EXIT_CODE.badInput;

  const problems = new EventProblems(resolved.misdeclared);
  const learner = new SchemaLearner({ categoryField: options.categoryField });
  await timeStep('learning the schema', () => learnFrom(resolved, options, learner, problems));
  problems.report();
  if (learner.hasLeftOutFields) sayWarning('there are more fields than a schema holds; the others were left out');

  const text = jsonText(learner.document());
  if (options.to === undefined) {
    process.stdout.write(text);
  } else {
    try {
      await writeFile(options.to, text);
    } catch (error) {
      sayError(describeWriteFailure(options.to, error));
      return EXIT_CODE.badInput;
    }
  }
  sayNote(`${countOf(learner.fieldCount, 'field')} of ${countOf(learner.eventCount, 'event')}`);
  return problems.unreadable || (options.strict && problems.total > 0) ? EXIT_CODE.badInput : EXIT_CODE.ok;
}

async function learnFrom(
  { sources, reading }: EventInput,
  { categoryField }: LearnOptions,
  learner: SchemaLearner,
  problems: EventProblems,
): Promise<void> {
  const progress = startProgress(sources);
  for (const source of sources) {
    const batches = readEvents(source, {
      categoryField,
      ...reading,
      undated: 'first',
      onProblem: (problem) => {
        if (problem.kind !== 'missing-category') problems.add(problem);
      },
    });
    for await (const { records, bytesRead } of batches) {
      for (const { event } of records) learner.add(event);
      progress.advance(bytesRead, learner.eventCount);
    }
  }
  progress.stop();
}
