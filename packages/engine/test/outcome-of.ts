import { matchedFields, type CompiledQuery, type JsonValue, type QueryMatch } from '@eqlkit/engine';
import { idsOf } from './run-query.js';

/** All that a user sees of a match, as plain data that can be compared. */
export function outcomeOf({ match }: QueryMatch, query: CompiledQuery): JsonValue {
  return [
    match.kind,
    match.keys.map(({ field, value }) => [field, value]),
    idsOf(match) as JsonValue,
    [match.timestamp.ms, match.timestamp.ns],
    match.row,
    matchedFields(query, match).map((fields) => fields.map(({ field, value }) => [field, value])),
  ];
}
