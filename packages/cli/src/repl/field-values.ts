import { LazyEvent, listValues, readField, toFieldValue } from '@eqlkit/engine';
import type { EventStore } from '@eqlkit/stream';

/** Bounds of what is held of one field. */
const MAX_VALUES = 100_000;
const MAX_CHARACTERS = 32_000_000;

/** The values that events have in a field, the most frequent first. */
export interface FieldValues {
  readonly values: readonly string[];
  /** False where there were too many to hold: then nothing is known of those that are missing. */
  readonly isWhole: boolean;
}

/** Looks through all events for the values of a field. */
export function findFieldValues(store: EventStore, field: string): FieldValues {
  const counts = new Map<string, number>();
  let characters = 0;
  let isWhole = true;
  for (const { event } of store.scan([{ parts: field.split('.'), structured: true }])) {
    const read = event instanceof LazyEvent ? event.readField(0) : readField(event, field);
    for (const value of listValues(toFieldValue(read))) {
      const text = String(value);
      const count = counts.get(text);
      if (count !== undefined) counts.set(text, count + 1);
      else if (counts.size < MAX_VALUES && characters + text.length <= MAX_CHARACTERS) {
        counts.set(text, 1);
        characters += text.length;
      } else isWhole = false;
    }
  }
  const values = [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value);
  return { values, isWhole };
}
