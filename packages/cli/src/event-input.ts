import {
  EVENT_FORMATS,
  resolveEventSources,
  type EventFormat,
  type EventSource,
  type ReadEventsOptions,
} from '@eqlkit/stream';
import { Option } from 'commander';

/** What an argument or option that names events says. */
export const EVENT_INPUTS = 'event files, folders, globs, also .gz and .zst, or - for standard input';

/** The options of every command that reads events. */
export interface InputOptions {
  readonly format?: EventFormat;
}

/** `--format`, for every command that reads events. */
export function formatOption(): Option {
  const option = new Option('--format <format>', 'how events stand in the input (default: recognised by its content)');
  return option.choices([...EVENT_FORMATS]);
}

/** Where events come from and how they are read, or why they cannot be. */
export interface EventInput {
  readonly sources: readonly EventSource[];
  readonly reading: Pick<ReadEventsOptions, 'format'>;
  readonly problems: readonly string[];
}

/** Finds the events that a command names. */
export async function resolveEventInput(inputs: readonly string[], options: InputOptions): Promise<EventInput> {
  const { sources, problems } = await resolveEventSources(inputs, { cwd: process.cwd() });
  return {
    sources,
    reading: options.format === undefined ? {} : { format: options.format },
    problems: problems.map(({ message }) => message),
  };
}
