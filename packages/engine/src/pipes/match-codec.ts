import {
  asList,
  asNumber,
  asObject,
  asScalar,
  asText,
  SnapshotError,
  type EventDecoder,
  type EventEncoder,
} from '../event/event-codec.js';
import type { Match } from '../match.js';
import { decodeTime, encodeTime } from '../time/timestamp-codec.js';
import type { JsonValue } from '../values/value.js';

/** A match as plain data. */
export function encodeMatch(match: Match, encoder: EventEncoder): JsonValue {
  return [
    match.kind,
    match.keys.map((key) => [key.field, key.fields, key.value, key.date]),
    match.stages.map(({ stage, missing, record }) => [stage, missing, record === null ? null : encoder.encode(record)]),
    encodeTime(match.timestamp),
    match.row,
  ];
}

/** Reads what `encodeMatch` wrote; throws a `SnapshotError` for anything else. */
export function decodeMatch(encoded: JsonValue, decoder: EventDecoder): Match {
  const [kind, keys, stages, timestamp, row] = asList(encoded);
  return {
    kind: asKind(kind),
    keys: asList(keys).map((key) => {
      const [field, fields, value, date] = asList(key);
      return { field: asText(field), fields: asList(fields).map(asText), value: asScalar(value), date: date === true };
    }),
    stages: asList(stages).map((entry) => {
      const [stage, missing, record] = asList(entry);
      return {
        stage: asNumber(stage),
        missing: missing === true,
        record: record === null ? null : decoder.decode(record),
      };
    }),
    timestamp: decodeTime(timestamp),
    row: row === null ? null : asObject(row),
  };
}

const KINDS: readonly Match['kind'][] = ['event', 'sequence', 'sample', 'join', 'row'];

function asKind(value: JsonValue | undefined): Match['kind'] {
  const kind = KINDS.find((known) => known === value);
  if (kind === undefined) throw new SnapshotError('a match is of no known kind');
  return kind;
}
