import type { FunctionName } from '@eqlkit/language';
import { add, divide, modulo, multiply, subtract } from './arithmetic.js';
import type { FunctionImplementation } from './call-context.js';
import { number } from './number.js';
import { cidrMatch, match, wildcard } from './pattern-functions.js';
import { concat, length, string, substring } from './text-functions.js';
import { between, endsWith, indexOf, startsWith, stringContains } from './text-search.js';

/** The lower-case name of a function that takes single values and gives one; the others look into arrays or at nothing. */
export type ScalarFunctionName = Exclude<
  FunctionName,
  'arraysearch' | '_arraysearch' | 'arraycount' | 'arraycontains' | 'safe'
>;

/** Every function of single values by its name in lower case. What a name means never depends on its case. */
export const FUNCTION_LIBRARY: Readonly<Record<ScalarFunctionName, FunctionImplementation>> = {
  add,
  between,
  cidrmatch: cidrMatch,
  concat,
  divide,
  endswith: endsWith,
  indexof: indexOf,
  length,
  match,
  matchlite: match,
  modulo,
  multiply,
  number,
  startswith: startsWith,
  string,
  stringcontains: stringContains,
  substring,
  subtract,
  wildcard,
};
