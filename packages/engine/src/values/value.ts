/** One value of a field or expression. Integers beyond the safe range of a double are bigint, all others number. */
export type Scalar = string | number | bigint | boolean;

/** A scalar, or `null` for a missing one. */
export type Value = Scalar | null;

/** Whether a value is a number. */
export function isNumeric(value: Value | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** Any value of a decoded JSON document. Integers that a double cannot hold are bigint. */
export type JsonValue = Scalar | null | readonly JsonValue[] | JsonObject;

/** A decoded JSON object. Only its own enumerable properties count, whatever their names. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
