import { eventsOf, type Match } from '../match.js';
import type { CompiledQuery } from '../plan/compile-query.js';
import { matchedFields } from '../predicate/matched-fields.js';
import { formatTimestamp } from '../time/format-timestamp.js';
import type { JsonObject } from '../values/value.js';
import { joinKeyValue } from './search-response.js';

/**
 * The stable output form of one result.
 *
 * A result of a query for single events is the event, whole and as it stands. A row that a pipe of the endgame dialect
 * made is that row, and what such a pipe adds to another result stands beside the rest. Every other result has
 *
 * - `kind`: `sequence`, `sample` or `join`, and `timestamp`, when its last event happened
 * - `join_keys`: each key's value under the name that the first stage gives it
 * - `events`: for each stage `stage` (zero-based), `missing`, `event` (`null` if missing), and in `matched` the values of
 *   the fields that made it match
 *
 * Values are passed on as they are: integers beyond the safe range are bigint, which `JSON.stringify` refuses.
 */
export function matchToJson(query: CompiledQuery, match: Match): JsonObject {
  const row = match.row ?? {};
  if (match.kind === 'row') return row;
  if (match.kind === 'event') return { ...eventsOf(match)[0]?.event, ...row };
  const fields = matchedFields(query, match);
  return {
    kind: match.kind,
    timestamp: formatTimestamp(match.timestamp),
    join_keys: Object.fromEntries(match.keys.map((key) => [key.field, joinKeyValue(key, match.kind)])),
    events: match.stages.map(({ stage, missing, record }, place) => ({
      stage,
      missing,
      event: record?.event ?? null,
      matched: Object.fromEntries((fields[place] ?? []).map(({ field, value }) => [field, value])),
    })),
    ...row,
  };
}
