import { analyzeQuery, DIAGNOSTIC_CATALOGUE, type CheckOptions } from '@eqlkit/language';
import {
  compileQuery,
  Engine,
  type CompiledQuery,
  type CompileOptions,
  type JsonObject,
  type Match,
} from '@eqlkit/engine';

export type RunOptions = CheckOptions & CompileOptions;

/** What stands for the event of a `![…]`. */
export const MISSING = -1;

/** Compiles a query that must be right. */
export function compile(text: string, options: RunOptions = {}): CompiledQuery {
  const analysis = analyzeQuery(text, options);
  const compilation = analysis.query === null ? null : compileQuery(analysis.query, options);
  if (compilation?.query == null) {
    const messages = [...analysis.diagnostics, ...(compilation?.diagnostics ?? [])].map(({ message }) => message);
    throw new Error(`${text}: ${messages.join('; ')}`);
  }
  return compilation.query;
}

/** The classes of a query's errors, without repeats. */
export function errorClasses(text: string, options: RunOptions = {}): readonly string[] {
  const analysis = analyzeQuery(text, options);
  const compilation = analysis.query === null ? null : compileQuery(analysis.query, options);
  const diagnostics = [...analysis.diagnostics, ...(compilation?.diagnostics ?? [])];
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return [...new Set(errors.map(({ code }) => DIAGNOSTIC_CATALOGUE[code].class))];
}

/** Runs a query over all events. */
export function matchesOf(text: string, events: readonly JsonObject[], options: RunOptions = {}): readonly Match[] {
  const engine = new Engine([compile(text, options)]);
  const found = events.flatMap((event) => engine.process(event));
  return [...found, ...engine.finish()].map(({ match }) => match);
}

/** The `id` of each event of a match. */
export function idsOf(match: Match): readonly unknown[] {
  return match.stages.map(({ record }) => record?.event['id'] ?? MISSING);
}

/** Runs a query over all events and gives the ids of each match. */
export function run(
  text: string,
  events: readonly JsonObject[],
  options: RunOptions = {},
): readonly (readonly unknown[])[] {
  return matchesOf(text, events, options).map(idsOf);
}

/** An event whose time is its id, in milliseconds, unless the fields say otherwise. */
export function makeEvent(id: number, fields: JsonObject = {}): JsonObject {
  return { '@timestamp': id, id, ...fields };
}

/** Events from shorthand: `A1 B2@500` are the event 1 of type A at 1 ms and the event 2 of type B at 500 ms. */
export function makeEvents(shorthand: string, fields: JsonObject = {}): JsonObject[] {
  return shorthand.split(' ').map((word) => {
    const [, type = '', id = '', time = id] = /^([A-Za-z])(\d+)(?:@(\d+))?$/u.exec(word) ?? [];
    return makeEvent(Number(id), { '@timestamp': Number(time), type, ...fields });
  });
}

/** Spells out `[A]` as a query for the events of type A. */
export function expandStages(shorthand: string): string {
  return shorthand.replaceAll(/\[([A-Za-z])\]/gu, '[any where type == "$1"]');
}
