import type { Dialect } from '@eqlkit/language';
import type { CaseFolding } from '../text/case-folding.js';
import type { Value } from '../values/value.js';
import type { EvaluationProblem } from './evaluation-problem.js';

/** What is known about a function call when a query is compiled. */
export interface CallContext {
  readonly dialect: Dialect;
  /** The name carries `~`, or the dialect ignores case. */
  readonly caseInsensitive: boolean;
  /** How `wildcard()` folds case if it ignores case. The functions that take `~` always fold every letter. */
  readonly folding: CaseFolding;
  /** Constant arguments by position; undefined where an argument is not constant. */
  readonly constants: readonly (Value | undefined)[];
  /** Whether each argument is statically a double, such as a decimal literal. None is if left out. */
  readonly doubleArguments?: readonly boolean[];
  /** Called when a value cannot be computed for this event. */
  readonly report: (problem: EvaluationProblem) => void;
}

/** A call with its arguments evaluated. Never throws: an argument of a wrong type gives null. */
type ScalarFunction = (args: readonly Value[]) => Value;

/** Prepares one call of a function: what depends on constants is done once, here. */
export type FunctionImplementation = (context: CallContext) => ScalarFunction;
