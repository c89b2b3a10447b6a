import type { EventRecord } from '../../event/event-record.js';
import type { Value } from '../../values/value.js';

/** The events of a pending sequence, the latest first; sequences that fork share their beginning. */
export interface EventChain {
  readonly record: EventRecord;
  readonly before: EventChain | null;
}

/** The values of a join key; one alone stands without a list, as there may be millions. */
export type KeySpelling = Value | readonly Value[];

/** Shortens the values of a key. */
export function spellKey(values: readonly Value[]): KeySpelling {
  const only = values[0];
  return values.length === 1 && only !== undefined ? only : values;
}

/** The values of a key. */
export function keyValues(spelling: KeySpelling): readonly Value[] {
  return isList(spelling) ? spelling : [spelling];
}

function isList(spelling: KeySpelling): spelling is readonly Value[] {
  return Array.isArray(spelling);
}
