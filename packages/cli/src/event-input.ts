import { didYouMean } from '@eqlkit/language';
import {
  BUILT_IN_MAPS,
  EVENT_FORMATS,
  loadMappings,
  printableText,
  resolveEventSources,
  type EventFormat,
  type EventSource,
  type MappingProblem,
  type OrderedEventsOptions,
  type SourceProblem,
} from '@eqlkit/stream';
import { Option } from 'commander';
import { collect } from './option-values.js';
import type { InputProblem } from './output/input-problem.js';
import { sayDetail } from './output/messages.js';
import { adviseOfPath } from './similar-path.js';

/** What an argument or option that names events says. */
export const EVENT_INPUTS = 'event files, folders, globs, also .gz and .zst, or - for standard input';

/** The options of every command that reads events. */
export interface InputOptions {
  readonly format?: EventFormat;
  readonly map?: readonly string[];
}

/** `--format`, for every command that reads events. */
export function formatOption(): Option {
  const option = new Option('--format <format>', 'how events stand in the input (default: recognised by its content)');
  return option.choices([...EVENT_FORMATS]);
}

/** `--map`, for every command that reads events. */
export function mapOption(): Option {
  const option = new Option(
    '--map <mapping>',
    `turn events into ECS: a file, or ${BUILT_IN_MAPS.join(', ')}; may be repeated`,
  );
  return option.argParser(collect);
}

/** Where events come from and how they are read, or why they cannot be. */
export interface EventInput {
  readonly sources: readonly EventSource[];
  readonly reading: Pick<OrderedEventsOptions, 'format' | 'map' | 'enrich' | 'onFormat'>;
  /** Sources that look like another format than --format says, by name; known once they are read. */
  readonly misdeclared: ReadonlyMap<string, EventFormat>;
  readonly problems: readonly InputProblem[];
}

/** Finds the events that a command names. */
export async function resolveEventInput(inputs: readonly string[], options: InputOptions): Promise<EventInput> {
  const cwd = process.cwd();
  const { sources, problems } = await resolveEventSources(inputs, { cwd });
  const mappings = await loadMappings(options.map ?? [], { cwd });
  for (const name of mappings.names) sayDetail(`mapping ${printableText(name)}`);
  const misdeclared = new Map<string, EventFormat>();
  const report = createFormatReport(options.format);
  return {
    sources,
    misdeclared,
    reading: {
      onFormat: (source, format, lookedLike) => {
        if (lookedLike !== null && lookedLike !== format) misdeclared.set(source.name, lookedLike);
        report(source, format);
      },
      ...(options.format === undefined ? {} : { format: options.format }),
      ...(mappings.map === undefined ? {} : { map: mappings.map }),
      ...(mappings.createEnrichment === undefined ? {} : { enrich: mappings.createEnrichment() }),
    },
    problems: await Promise.all([
      ...problems.map((problem) => describeSource(problem, cwd)),
      ...mappings.problems.map((problem) => describeMapping(problem, cwd)),
    ]),
  };
}

/** What is wrong with an input, with the path that is there under nearly the same name. */
async function describeSource({ input, message }: SourceProblem, cwd: string): Promise<InputProblem> {
  return { message: message + (await adviseOfPath(input, cwd)) };
}

/** What is wrong with a mapping; of one that is missing, which built-in one or which file may be meant. */
async function describeMapping(problem: MappingProblem, cwd: string): Promise<InputProblem> {
  const { mapping, message, isMissing, located } = problem;
  if (located !== null) return { message, located: { ...located, file: mapping } };
  if (!isMissing) return { message };
  const near = didYouMean(mapping, BUILT_IN_MAPS);
  if (near !== undefined) return { message: `${message} ${near}` };
  return { message: message + (await adviseOfPath(mapping, cwd)) };
}

/** Says with --verbose of each source, once, that it is read, and in which format. */
function createFormatReport(declared: EventFormat | undefined): (source: EventSource, format: EventFormat) => void {
  const reported = new Set<EventSource>();
  return (source, format) => {
    if (reported.has(source)) return;
    reported.add(source);
    const size = source.sizeBytes === undefined ? '' : `, ${source.sizeBytes.toLocaleString('en-US')} bytes`;
    sayDetail(`events ${source.name}: ${format}${declared === undefined ? '' : ' as --format says'}${size}`);
  };
}
