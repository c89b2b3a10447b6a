import type { FieldDefinition } from '@eqlkit/language';
import { canonicalAddress, parseAddress } from '../network/address.js';
import { canonicalDate } from '../time/canonical-date.js';
import { parseFormattedDate } from '../time/date-format.js';
import type { Scalar } from '../values/value.js';

/** Turns a document's value into the form that a field's type has while queries run; null if it is not of that type. */
export type ValueConverter = (value: Scalar) => Scalar | null;

const INTEGER_TEXT = /^[+-]?\d+$/u;

/**
 * The converter for a field of a schema.
 *
 * Dates become canonical text (`canonicalDate`), so that they compare, sort and join as strings; addresses become
 * their shortest text. Values that do not fit the type are dropped, as `ignore_malformed` does.
 */
export function converterFor(definition: FieldDefinition): ValueConverter | null {
  switch (definition.kind) {
    case 'keyword':
    case 'wildcard':
    case 'text':
    case 'version':
      return (value) => (typeof value === 'string' ? value : String(value));
    case 'long':
    case 'unsigned_long':
      return toInteger;
    case 'double':
      return toDouble;
    case 'boolean':
      return toBoolean;
    case 'date': {
      const formats = definition.dateFormats;
      return (value) => {
        const timestamp = typeof value === 'boolean' ? null : parseFormattedDate(value, formats);
        return timestamp === null ? null : canonicalDate(timestamp);
      };
    }
    case 'ip':
      return (value) => {
        const address = typeof value === 'string' ? parseAddress(value) : null;
        return address === null ? null : canonicalAddress(address);
      };
    case 'object':
    case 'nested':
    case 'unsupported':
    case 'mixed':
      return null;
  }
}

function toInteger(value: Scalar): Scalar | null {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : null;
  if (typeof value !== 'string') return null;
  if (!INTEGER_TEXT.test(value)) {
    const double = toDouble(value);
    return typeof double === 'number' ? toInteger(double) : null;
  }
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  // Twenty digits hold every 64-bit integer.
  return value.length <= 21 ? BigInt(value) : null;
}

function toDouble(value: Scalar): Scalar | null {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

function toBoolean(value: Scalar): Scalar | null {
  if (typeof value === 'boolean') return value;
  if (value === 'true') return true;
  return value === 'false' || value === '' ? false : null;
}
