import type { EventRecord } from '../event/event-record.js';
import { eventsOf, type Match, type MatchKey } from '../match.js';
import { displayDate } from '../time/canonical-date.js';
import { parseTimestamp } from '../time/timestamp.js';
import type { JsonObject, JsonValue } from '../values/value.js';

/** Where a document of an answer stands. */
export interface DocumentAddress {
  readonly index: string;
  readonly id: string;
}

/** What an answer says beside its results. */
export interface SearchResponseOptions {
  /** Whether the query looks for single events; its results are then `hits.events`, else `hits.sequences`. */
  readonly singleEvents: boolean;
  readonly tookMs: number;
  /** The input could not be read to its end, so that results may be missing. Default: false. */
  readonly isPartial?: boolean;
  /** Names the index and the id of an event that has no `_index` and `_id` of its own. */
  addressOf(record: EventRecord): DocumentAddress;
}

/** Fields of a document that say where it stands; they are not part of its source. */
const METADATA = ['_index', '_id'] as const;

/**
 * The results of a query as the body that Elasticsearch's EQL search answers with: `hits.events` or `hits.sequences`,
 * where a missing event is marked, and `hits.total` counts the results that are given. A row that a pipe of the endgame
 * dialect made is an event without address.
 *
 * Values are passed on as they are: integers beyond the safe range are bigint, which `JSON.stringify` refuses.
 */
export function searchResponse(matches: readonly Match[], options: SearchResponseOptions): JsonObject {
  const hits = matches.map((match) => (options.singleEvents ? eventHit(match, options) : sequenceHit(match, options)));
  return {
    is_partial: options.isPartial ?? false,
    is_running: false,
    took: Math.round(options.tookMs),
    timed_out: false,
    hits: {
      total: { value: matches.length, relation: 'eq' },
      [options.singleEvents ? 'events' : 'sequences']: hits,
    },
  };
}

function eventHit(match: Match, options: SearchResponseOptions): JsonObject {
  const [record] = eventsOf(match);
  if (record === undefined) return { _index: '', _id: '', _source: match.row ?? {} };
  return { ...documentHit(record, options), ...match.row };
}

function sequenceHit(match: Match, options: SearchResponseOptions): JsonObject {
  const events = match.stages.map(({ record }) =>
    record === null ? { _index: '', _id: '', _source: {}, missing: true } : documentHit(record, options),
  );
  const keys = match.keys.map((key) => joinKeyValue(key, match.kind));
  return { ...(keys.length === 0 ? {} : { join_keys: keys }), events, ...match.row };
}

function documentHit(record: EventRecord, options: SearchResponseOptions): JsonObject {
  const { event } = record;
  const { _index: index, _id: id } = event;
  if (typeof id !== 'string' && typeof index !== 'string') {
    const address = options.addressOf(record);
    return { _index: address.index, _id: address.id, _source: event };
  }
  const source = Object.fromEntries(Object.entries(event).filter(([key]) => !METADATA.some((name) => name === key)));
  return { _index: typeof index === 'string' ? index : '', _id: typeof id === 'string' ? id : '', _source: source };
}

/**
 * The value of a join key as an answer shows it. Elasticsearch reads dates back from sequences as instants, but from
 * the composite aggregation behind a sample as epoch milliseconds.
 */
export function joinKeyValue(key: MatchKey, kind: Match['kind']): JsonValue {
  if (!key.date || typeof key.value !== 'string') return key.value;
  return kind === 'sample' ? (parseTimestamp(key.value)?.ms ?? null) : displayDate(key.value);
}
