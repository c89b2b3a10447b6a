import { asList, asNumber } from '../event/event-codec.js';
import type { JsonValue } from '../values/value.js';
import type { Timestamp } from './timestamp.js';

/** A point in time as it stands in a snapshot. */
export function encodeTime(time: Timestamp): JsonValue {
  return [time.ms, time.ns];
}

/** Reads what `encodeTime` wrote; throws a `SnapshotError` for anything else. */
export function decodeTime(value: JsonValue | undefined): Timestamp {
  const [ms, ns] = asList(value);
  return { ms: asNumber(ms), ns: asNumber(ns) };
}
