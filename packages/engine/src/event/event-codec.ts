import type { JsonObject, JsonValue, Value } from '../values/value.js';
import { EventRecord } from './event-record.js';

/** Writes records of a snapshot: each event once, however many pending sequences hold it. */
export class EventEncoder {
  private readonly numbers = new Map<EventRecord, number>();
  private readonly records: JsonValue[] = [];

  /** The number that stands for a record. */
  encode(record: EventRecord): number {
    const known = this.numbers.get(record);
    if (known !== undefined) return known;
    const number = this.records.length;
    this.numbers.set(record, number);
    this.records.push([record.event, record.timestamp.ms, record.timestamp.ns, record.tiebreaker, record.arrival]);
    return number;
  }

  /** All records that were asked for. */
  table(): readonly JsonValue[] {
    return this.records;
  }
}

/** Reads records of a snapshot. */
export class EventDecoder {
  private readonly records: readonly EventRecord[];

  constructor(table: JsonValue | undefined) {
    this.records = asList(table).map((entry) => {
      const [event, ms, ns, tiebreaker, arrival] = asList(entry);
      const timestamp = { ms: asNumber(ms), ns: asNumber(ns) };
      return new EventRecord(asObject(event), timestamp, asScalar(tiebreaker), asNumber(arrival));
    });
  }

  decode(number: JsonValue | undefined): EventRecord {
    const record = this.records[asNumber(number)];
    if (record === undefined) throw new SnapshotError('it mentions an event that it does not hold');
    return record;
  }
}

/** A snapshot that was not made by this version for this query. */
export class SnapshotError extends Error {
  constructor(reason: string) {
    super(`this snapshot cannot be restored: ${reason}`);
    this.name = 'SnapshotError';
  }
}

export function asList(value: JsonValue | undefined): readonly JsonValue[] {
  if (!Array.isArray(value)) throw new SnapshotError('a list is missing');
  return value as readonly JsonValue[];
}

export function asObject(value: JsonValue | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SnapshotError('an object is missing');
  return value as JsonObject;
}

export function asNumber(value: JsonValue | undefined): number {
  if (typeof value !== 'number') throw new SnapshotError('a number is missing');
  return value;
}

export function asText(value: JsonValue | undefined): string {
  if (typeof value !== 'string') throw new SnapshotError('a text is missing');
  return value;
}

export function asScalar(value: JsonValue | undefined): Value {
  if (value === undefined || (typeof value === 'object' && value !== null))
    throw new SnapshotError('a value is missing');
  return value;
}
