import type { CompiledQuery } from '@eqlkit/engine';

/** What is worth seeing of an event of a category, the most telling first. */
const COLUMNS_OF_CATEGORY: Readonly<Record<string, readonly string[]>> = {
  process: ['process.name', 'process.pid', 'process.command_line', 'process.parent.name', 'user.name'],
  network: ['process.name', 'source.ip', 'destination.ip', 'destination.port', 'dns.question.name'],
  dns: ['process.name', 'dns.question.name', 'dns.question.type'],
  file: ['process.name', 'file.path'],
  registry: ['process.name', 'registry.path', 'registry.data.strings'],
  library: ['process.name', 'dll.path'],
  driver: ['dll.path', 'driver.name'],
  authentication: ['user.name', 'source.ip', 'event.outcome'],
  session: ['user.name', 'source.ip', 'event.outcome'],
  iam: ['user.name', 'user.target.name', 'event.outcome'],
};

/** What is worth seeing of any event. */
const COMMON_COLUMNS = ['event.action', 'host.name'] as const;
const COLUMNS_OF_ANY = ['process.name', 'user.name'] as const;

/** The columns of a table of events. */
export interface ResultColumns {
  /** Those that stay however narrow the terminal is: chosen ones, or the time and what the query speaks of. */
  readonly kept: readonly string[];
  /** All of them, in their order. */
  readonly all: readonly string[];
  /** The one with the time of an event. */
  readonly time: string;
  /** What all events have in common, as their category where the query asks for one only, and so shows nothing. */
  readonly common: readonly string[];
}

/** The columns that a query asks for, or those that fit its categories and what it speaks of. */
export function resultColumns(query: CompiledQuery, chosen: readonly string[] | null): ResultColumns {
  const time = query.timestampField;
  if (chosen !== null) return { kept: chosen, all: chosen, time, common: [] };
  const { body } = query.plan;
  const stages = body.kind === 'event' ? [body.stage] : body.stages;
  const categories = [...new Set(stages.map(({ category }) => category))];
  const [only] = categories;
  const single = categories.length === 1 && typeof only === 'string';
  const mentioned = query.fields.columns
    .map(({ name }) => name)
    .filter((name) => !single || name !== query.categoryField);
  const usual = categories.flatMap((category) => (category === null ? COLUMNS_OF_ANY : columnsOf(category)));
  const first = [query.timestampField, ...(single ? [] : [query.categoryField])];
  return {
    kept: [...new Set([query.timestampField, ...mentioned])],
    all: [...new Set([...first, ...COMMON_COLUMNS, ...usual, ...mentioned])],
    time,
    common: single ? [query.categoryField] : [],
  };
}

/**
 * The column that goes first where there is no room for all: what an event does is mostly clear from the rest, and then the
 * last one. `null` if all must stay.
 */
export function leastTelling(columns: readonly string[], kept: readonly string[]): string | null {
  const dispensable = columns.filter((field) => !kept.includes(field));
  return dispensable.find((field) => field === 'event.action') ?? dispensable.at(-1) ?? null;
}

/** What is worth seeing of an event of a category. */
export function columnsOf(category: string): readonly string[] {
  return Object.hasOwn(COLUMNS_OF_CATEGORY, category) ? (COLUMNS_OF_CATEGORY[category] ?? []) : COLUMNS_OF_ANY;
}
