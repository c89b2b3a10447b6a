import type { JsonValue, Scalar } from '../values/value.js';

/** The values of one field in one event: none, one, or at least two. */
export type FieldValue = Scalar | null | readonly Scalar[];

/** Whether a field has several values. */
export function isMultiValue(value: FieldValue): value is readonly Scalar[] {
  return typeof value === 'object' && value !== null;
}

/** The values of a field as a list without nulls. */
export function listValues(value: FieldValue): readonly Scalar[] {
  if (value === null) return [];
  return isMultiValue(value) ? value : [value];
}

/**
 * Gathers the values that a piece of a document holds: arrays are flattened, nulls and objects vanish. An absent
 * field, null, `[]` and `[null]` all come out as null.
 */
export function toFieldValue(raw: JsonValue | undefined): FieldValue {
  if (raw === null || raw === undefined) return null;
  if (typeof raw !== 'object') return raw;
  // Most arrays hold nothing but scalars, and may be passed on as they are.
  if (Array.isArray(raw) && raw.length > 0 && (raw as readonly JsonValue[]).every(isScalar)) {
    return raw.length === 1 ? ((raw as readonly Scalar[])[0] ?? null) : (raw as readonly Scalar[]);
  }
  const values: Scalar[] = [];
  if (!appendScalars(raw, values)) return null;
  const [first] = values;
  if (first === undefined) return null;
  return values.length === 1 ? first : values;
}

function isScalar(value: JsonValue): value is Scalar {
  return typeof value !== 'object';
}

/** Adds the scalars in an array, however nested. Tells whether the value was an array at all. */
function appendScalars(raw: JsonValue, values: Scalar[]): boolean {
  // Events are untrusted and may nest arrays deeply, so no recursion.
  if (!Array.isArray(raw)) return false;
  const waiting: JsonValue[] = [...(raw as readonly JsonValue[])].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === null) continue;
    if (typeof next !== 'object') values.push(next);
    else if (Array.isArray(next)) {
      const inner = next as readonly JsonValue[];
      // One by one: an array may be longer than a call takes arguments.
      for (let at = inner.length - 1; at >= 0; at -= 1) waiting.push(inner[at] ?? null);
    }
  }
  return true;
}
