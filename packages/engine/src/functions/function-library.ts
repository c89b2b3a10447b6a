import { add, divide, modulo, multiply, subtract } from './arithmetic.js';
import type { FunctionImplementation } from './call-context.js';
import { number } from './number.js';
import { cidrMatch, match, wildcard } from './pattern-functions.js';
import { concat, length, string, substring } from './text-functions.js';
import { between, endsWith, indexOf, startsWith, stringContains } from './text-search.js';

export type { EvaluationProblem } from './evaluation-problem.js';

/** The lower-case name of a function that takes single values and gives one. */
export type ScalarFunctionName =
  | 'add'
  | 'between'
  | 'cidrmatch'
  | 'concat'
  | 'divide'
  | 'endswith'
  | 'indexof'
  | 'length'
  | 'match'
  | 'matchlite'
  | 'modulo'
  | 'multiply'
  | 'number'
  | 'startswith'
  | 'string'
  | 'stringcontains'
  | 'substring'
  | 'subtract'
  | 'wildcard';

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
