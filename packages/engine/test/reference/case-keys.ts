import type { JsonValue } from '@eqlkit/engine';
import type { CaseEvent, CaseKey } from './sequence-case.js';

type Scalar = string | number | boolean | null;

/** One combination of join key values. */
export type KeyTuple = readonly Scalar[];

/**
 * The keys of an event: one value per field, all combinations where a field has several. A missing value is no key,
 * unless the field is optional or `nullKeysJoin` says so; then it is null, and equal to other nulls.
 */
export function keyTuples(keys: readonly CaseKey[], event: CaseEvent, nullKeysJoin: boolean): readonly KeyTuple[] {
  let tuples: readonly KeyTuple[] = [[]];
  for (const { field, optional } of keys) {
    const values = valuesOf(event.fields[field] ?? null);
    const choices: readonly Scalar[] = values.length > 0 ? values : optional || nullKeysJoin ? [null] : [];
    tuples = tuples.flatMap((tuple) => choices.map((choice) => [...tuple, choice]));
  }
  return tuples;
}

/** Whether two keys are equal, position by position; a number equals the text that spells it. */
export function isSameKey(a: KeyTuple, b: KeyTuple): boolean {
  return a.length === b.length && a.every((value, position) => isSameValue(value, b[position] ?? null));
}

function isSameValue(a: Scalar, b: Scalar): boolean {
  const spell = (value: Scalar): Scalar => (typeof value === 'number' ? String(value) : value);
  return spell(a) === spell(b);
}

/** The distinct values of a field without nulls, in ascending order; of equal ones the first. */
function valuesOf(value: JsonValue): readonly Scalar[] {
  const values = (Array.isArray(value) ? (value as readonly JsonValue[]) : [value]).filter(
    (one) => typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean',
  );
  const ascending = values.sort(compareValues);
  return ascending.filter((one, at) => ascending.findIndex((other) => isSameValue(one, other)) === at);
}

/** Numbers, then texts, then truth values. */
function compareValues(a: Scalar, b: Scalar): number {
  const types = ['number', 'string', 'boolean'];
  const rank = types.indexOf(typeof a) - types.indexOf(typeof b);
  if (rank !== 0 || a === null || b === null || a === b) return rank;
  return a < b ? -1 : 1;
}
