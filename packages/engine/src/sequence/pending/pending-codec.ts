import {
  asList,
  asNumber,
  asScalar,
  asText,
  SnapshotError,
  type EventDecoder,
  type EventEncoder,
} from '../../event/event-codec.js';
import { decodeTime, encodeTime } from '../../time/timestamp-codec.js';
import type { JsonValue } from '../../values/value.js';
import { PendingStore } from './pending-store.js';

/** The pending sequences of a query, those that began first before others. */
export function encodePending(store: PendingStore, encoder: EventEncoder): JsonValue {
  return store.all().map((row) => {
    const { id, values } = store.keyOf(row);
    const leading = store.leadingOf(row);
    return [
      id,
      values,
      store.stageOf(row),
      encodeTime(store.startOf(row)),
      store.eventsOf(row).map((record) => encoder.encode(record)),
      store.isSpoiled(row),
      leading === null ? null : encodeTime(leading),
    ];
  });
}

/** Reads what {@link encodePending} wrote. */
export function decodePending(state: JsonValue | undefined, decoder: EventDecoder): PendingStore {
  const store = new PendingStore();
  for (const encoded of asList(state)) {
    const [keyId, values, stage, start, records, spoiled, leading] = asList(encoded);
    const [first, ...others] = asList(records).map((number) => decoder.decode(number));
    if (first === undefined) throw new SnapshotError('a pending sequence has no events');
    const key = { id: asText(keyId), values: asList(values).map(asScalar) };
    const before = leading === null || leading === undefined ? null : decodeTime(leading);
    const row = store.add(key, decodeTime(start), before, first);
    if (asNumber(stage) !== others.length) throw new SnapshotError('a pending sequence lacks events of its stages');
    others.forEach((record, place) => {
      store.advance(row, place + 1, record);
    });
    if (spoiled === true) store.spoil(row);
  }
  return store;
}
