import type { Value } from '../values/value.js';
import type { FunctionImplementation } from './call-context.js';
import { textOfValue } from './text-of-value.js';

/** Longest text that is made of others, in UTF-16 units: rules may put the long texts of an event together again and again. */
const MAX_MADE_TEXT = 16 * 1024 * 1024;

/** `concat(a, …)`: the texts of all arguments in a row; null if any is null, or if that makes more than 16 Mi characters. */
export const concat: FunctionImplementation = ({ doubleArguments, report }) => {
  return (args) => {
    let result = '';
    for (const [index, value] of args.entries()) {
      if (value === null) return null;
      result += textOfValue(value, doubleArguments?.[index] ?? false);
      if (result.length > MAX_MADE_TEXT) {
        report('text-too-long');
        return null;
      }
    }
    return result;
  };
};

/** `string(value)`: the text of a value; null of null. */
export const string: FunctionImplementation = ({ doubleArguments }) => {
  const double = doubleArguments?.[0] ?? false;
  return ([value = null]) => (value === null ? null : textOfValue(value, double));
};

/** `length(text)`: how many UTF-16 units a text has. */
export const length: FunctionImplementation = () => {
  return ([text = null]) => (typeof text === 'string' ? text.length : null);
};

/**
 * `substring(text, start[, end])`: the part from `start` up to `end`, positions counted in UTF-16 units. Negative ones
 * count from the end of the text, and positions outside it are moved to its edge. A null start is the start of the
 * text, a null or missing end its end.
 */
export const substring: FunctionImplementation = () => {
  return ([text = null, start = null, end = null]) => {
    if (typeof text !== 'string') return null;
    const from = toPosition(start, 0);
    const to = toPosition(end, text.length);
    return from === null || to === null ? null : text.slice(from, to);
  };
};

/** A position argument; the default if it is null, null if it is no integer. */
export function toPosition(value: Value, defaultPosition: number): number | null {
  if (value === null) return defaultPosition;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isInteger(value) ? value : null;
}
