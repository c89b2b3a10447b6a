import type { DialectName } from '../dialect.js';

/** The static type of an expression; `unknown` where only the event can tell. */
export type ValueType = 'boolean' | 'number' | 'string' | 'ip' | 'date' | 'version' | 'null' | 'object' | 'unknown';

/** What a parameter takes: one of these types, or anything. */
export type ParameterType = 'string' | 'number' | 'boolean' | 'ip' | 'any' | 'array' | 'name';

/** One parameter of a function, as its signature shows it. */
export interface FunctionParameter {
  readonly name: string;
  readonly type: ParameterType;
  readonly optional?: true;
  /** Takes one or more arguments; only the last parameter may. */
  readonly repeated?: true;
  /** Must not read the event. */
  readonly constant?: true;
}

/** What a query may pass to a function, and what it gets. */
export interface FunctionSignature {
  /** The customary spelling; names are compared without case. */
  readonly name: string;
  readonly parameters: readonly FunctionParameter[];
  readonly returns: 'boolean' | 'number' | 'string';
  /** Whether `name~` exists. */
  readonly caseInsensitiveForm: boolean;
  /** Dialects that have it; all if absent. */
  readonly dialects?: readonly DialectName[];
  /** One sentence. */
  readonly summary: string;
}

const string = (name: string): FunctionParameter => ({ name, type: 'string' });
const number = (name: string): FunctionParameter => ({ name, type: 'number' });
const any = (name: string): FunctionParameter => ({ name, type: 'any' });
const optional = (parameter: FunctionParameter): FunctionParameter => ({ ...parameter, optional: true });
const repeated = (parameter: FunctionParameter): FunctionParameter => ({ ...parameter, repeated: true });
const constant = (parameter: FunctionParameter): FunctionParameter => ({ ...parameter, constant: true });
const array: FunctionParameter = { name: 'array', type: 'array' };
const variable: FunctionParameter = { name: 'variable', type: 'name' };
const condition: FunctionParameter = { name: 'condition', type: 'boolean' };

function define(
  name: string,
  parameters: readonly FunctionParameter[],
  returns: FunctionSignature['returns'],
  summary: string,
  extras: { tilde?: true; dialects?: FunctionSignature['dialects'] } = {},
): FunctionSignature {
  return {
    name,
    parameters,
    returns,
    caseInsensitiveForm: extras.tilde === true,
    ...(extras.dialects === undefined ? {} : { dialects: extras.dialects }),
    summary,
  };
}

/** Every function that a query may call, by its lower-case name. */
export const FUNCTION_SIGNATURES = {
  add: define('add', [number('a'), number('b')], 'number', 'The sum of two numbers.'),
  arraycontains: define('arrayContains', [array, repeated(any('value'))], 'boolean', 'Whether an array holds one of the values.', { dialects: ['endgame'] }),
  arraycount: define('arrayCount', [array, variable, condition], 'number', 'How many elements of an array satisfy a condition.', { dialects: ['endgame'] }),
  arraysearch: define('arraySearch', [array, variable, condition], 'boolean', 'Whether an element of an array satisfies a condition.', { dialects: ['endgame'] }),
  _arraysearch: define('_arraysearch', [array, variable, condition], 'boolean', 'Whether an element of an array satisfies a condition.', { dialects: ['endpoint'] }),
  between: define('between', [string('source'), string('left'), string('right'), optional({ name: 'greedy', type: 'boolean' })], 'string', 'The text between two delimiters.', { tilde: true }),
  cidrmatch: define('cidrMatch', [{ name: 'address', type: 'ip' }, repeated(constant(string('block')))], 'boolean', 'Whether an IP address lies in one of the network blocks.'),
  concat: define('concat', [repeated(any('value'))], 'string', 'The values as text, one after the other.'),
  divide: define('divide', [number('a'), number('b')], 'number', 'The quotient of two numbers; that of two integers is cut to an integer.'),
  endswith: define('endsWith', [string('source'), string('end')], 'boolean', 'Whether a text ends with another.', { tilde: true }),
  indexof: define('indexOf', [string('source'), string('part'), optional(number('start'))], 'number', 'The zero-based position of a text in another.', { tilde: true }),
  length: define('length', [string('source')], 'number', 'The number of characters of a text.'),
  match: define('match', [string('source'), repeated(constant(string('regex')))], 'boolean', 'Whether a text matches one of the regular expressions.', { tilde: true }),
  matchlite: define('matchLite', [string('source'), repeated(constant(string('regex')))], 'boolean', 'Whether a text matches one of the regular expressions.', { tilde: true, dialects: ['endgame'] }),
  modulo: define('modulo', [number('a'), number('b')], 'number', 'The remainder of a division, with the sign of the dividend.'),
  multiply: define('multiply', [number('a'), number('b')], 'number', 'The product of two numbers.'),
  number: define('number', [string('text'), optional(number('base'))], 'number', 'The number that a text spells.'),
  safe: define('safe', [any('value')], 'boolean', 'The value, or null if it cannot be computed.', { dialects: ['endgame'] }),
  startswith: define('startsWith', [string('source'), string('start')], 'boolean', 'Whether a text starts with another.', { tilde: true }),
  string: define('string', [any('value')], 'string', 'The value as text.'),
  stringcontains: define('stringContains', [string('source'), string('part')], 'boolean', 'Whether a text contains another.', { tilde: true }),
  substring: define('substring', [string('source'), number('start'), optional(number('end'))], 'string', 'A part of a text; negative positions count from its end.'),
  subtract: define('subtract', [number('a'), number('b')], 'number', 'The difference of two numbers.'),
  wildcard: define('wildcard', [string('source'), repeated(constant(string('pattern')))], 'boolean', 'Whether a text matches one of the wildcard patterns.', { tilde: true }),
} as const satisfies Readonly<Record<string, FunctionSignature>>; // prettier-ignore

/** A function's name in lower case. */
export type FunctionName = keyof typeof FUNCTION_SIGNATURES;

/** Finds a function by its name in any case, whatever the dialect. */
export function findFunction(name: string): { key: FunctionName; signature: FunctionSignature } | undefined {
  const key = name.toLowerCase();
  if (!Object.hasOwn(FUNCTION_SIGNATURES, key)) return undefined;
  const known = key as FunctionName;
  return { key: known, signature: FUNCTION_SIGNATURES[known] };
}

/** `between(source, left, right[, greedy])`. */
export function printSignature(signature: FunctionSignature): string {
  const parameters = signature.parameters.map((parameter, index) => {
    const text = `${index === 0 ? '' : ', '}${parameter.name}${parameter.repeated === true ? ', …' : ''}`;
    return parameter.optional === true ? `[${text}]` : text;
  });
  return `${signature.name}(${parameters.join('')})`;
}
