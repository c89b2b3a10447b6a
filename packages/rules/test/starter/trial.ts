import type { JsonObject, JsonValue } from '@eqlkit/engine';

/** Events that a rule must, or must not, fire on. */
export interface Trial {
  readonly about: string;
  readonly events: readonly JsonObject[];
}

/** Trials of one rule of the starter pack. */
export interface RuleTrials {
  /** Below `rules/starter`, without `.toml`. */
  readonly file: string;
  readonly fires: readonly Trial[];
  /** Nearly the same events, which differ in one point that counts. */
  readonly silent: readonly Trial[];
}

/** An event of a host: its category, seconds after the first one, and fields by their dotted names. */
export function event(category: string, seconds: number, fields: Readonly<Record<string, JsonValue>>): JsonObject {
  return {
    '@timestamp': new Date(Date.UTC(2026, 0, 5, 9) + seconds * 1_000).toISOString(),
    'event.category': [category],
    'host.id': 'host-1',
    ...fields,
  };
}

/** The start of a process. */
export function start(seconds: number, fields: Readonly<Record<string, JsonValue>>): JsonObject {
  return event('process', seconds, { 'event.type': ['start'], ...fields });
}

/** The same events with other fields in one of them; a field becomes absent by null. */
function change(
  events: readonly JsonObject[],
  place: number,
  fields: Readonly<Record<string, JsonValue>>,
): readonly JsonObject[] {
  return events.map((one, index) => (index === place ? { ...one, ...fields } : one));
}

/** Trials that each change one event of those that fire. */
export function variants(
  events: readonly JsonObject[],
  changes: readonly (readonly [string, number, Readonly<Record<string, JsonValue>>])[],
): readonly Trial[] {
  return changes.map(([about, place, fields]) => ({ about, events: change(events, place, fields) }));
}
