import { DIALECTS, type DialectName } from '@eqlkit/language';
import type { EvaluationProblem } from '../../src/functions/evaluation-problem.js';
import { FUNCTION_LIBRARY } from '../../src/functions/function-library.js';
import type { CaseFolding } from '../../src/text/case-folding.js';
import type { Value } from '../../src/values/value.js';

/** How a test calls a function, beyond its name and arguments. */
export interface CallOptions {
  readonly dialect?: DialectName;
  readonly doubleArguments?: readonly boolean[];
  readonly folding?: CaseFolding;
}

/** What a call gave and what it reported. */
export interface CallOutcome {
  readonly value: Value;
  readonly problems: readonly EvaluationProblem[];
}

/**
 * Calls a function as `name` or `name~` twice, with its arguments constant and with none of them so, and gives the
 * outcome, which must be the same.
 */
export function callFunction(name: string, args: readonly Value[], options: CallOptions = {}): CallOutcome {
  const constant = callOnce(name, args, args, options);
  const dynamic = callOnce(
    name,
    args,
    args.map(() => undefined),
    options,
  );
  if (!Object.is(constant.value, dynamic.value) || constant.problems.length !== dynamic.problems.length) {
    throw new Error(`${name} gives ${constant.value} with constants, but ${dynamic.value} without.`);
  }
  return constant;
}

/** The value of a call in which nothing goes wrong. */
export function valueOf(name: string, args: readonly Value[], options: CallOptions = {}): Value {
  const { value, problems } = callFunction(name, args, options);
  if (problems.length > 0) throw new Error(`${name} reports ${problems.join(', ')}.`);
  return value;
}

function callOnce(
  name: string,
  args: readonly Value[],
  constants: readonly (Value | undefined)[],
  { dialect = 'elasticsearch', doubleArguments, folding = 'ascii' }: CallOptions,
): CallOutcome {
  const problems: EvaluationProblem[] = [];
  const key = name.replace('~', '').toLowerCase();
  const implementation = Object.entries(FUNCTION_LIBRARY).find(([known]) => known === key)?.[1];
  if (implementation === undefined) throw new Error(`There is no function ${name}.`);
  const call = implementation({
    dialect: DIALECTS[dialect],
    caseInsensitive: name.endsWith('~') || DIALECTS[dialect].foldCase,
    folding,
    constants,
    report: (problem) => problems.push(problem),
    ...(doubleArguments === undefined ? {} : { doubleArguments }),
  });
  return { value: call(args), problems };
}
