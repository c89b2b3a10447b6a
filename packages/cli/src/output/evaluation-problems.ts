import type { CompiledQuery, EvaluationProblem } from '@eqlkit/engine';
import type { RuleProblemCount } from '@eqlkit/rules';
import { printableText } from '@eqlkit/stream';
import { countOf } from './count-of.js';

const SHOWN_LENGTH = 80;

const MEANINGS: Readonly<Record<EvaluationProblem, string>> = {
  'division-by-zero': 'divided by zero, which gives no value',
  'integer-overflow': 'came to a number beyond 64 bits, which gives no value',
  'unparsable-number': 'read text as a number that is none, which gives no value',
  'too-many-combinations': 'met arrays with too many combinations of values; the first were tried',
  'text-too-long': 'put together a text of more than 16 Mi characters, which gives no value',
  'text-too-long-for-regex': 'met text too long for a regular expression, which did not match',
  'text-too-long-for-pattern': 'met text too long for a wildcard pattern, which did not match',
  'too-many-join-keys': 'met more than 1,000 join keys in an event; the others were left out',
  'too-many-pending-keys': 'had more than 1,000,000 join keys in flight; the oldest were forgotten',
};

/** A problem of a rule, or of a query that goes by any name. */
type ProblemCount = Omit<RuleProblemCount, 'rule'> & { readonly rule: { readonly name: string } };

/** Says what kept a query from looking at events fully, one line for each kind. */
export function describeQueryProblems({ plan }: CompiledQuery): readonly string[] {
  const kinds = [...plan.problems].map(([problem, count]) => ({ rule: { name: 'the query' }, problem, count }));
  return describeEvaluationProblems(kinds);
}

/** Says what kept rules from looking at events fully, one line for each kind. */
export function describeEvaluationProblems(problems: readonly ProblemCount[]): readonly string[] {
  const kinds = new Map<EvaluationProblem, { total: number; rules: number; readonly example: string }>();
  for (const { rule, problem, count } of problems) {
    const known = kinds.get(problem);
    if (known === undefined) kinds.set(problem, { total: count, rules: 1, example: rule.name });
    else {
      known.total += count;
      known.rules += 1;
    }
  }
  return [...kinds].map(([problem, { total, rules, example }]) => {
    const others = rules === 1 ? '' : ` and ${countOf(rules - 1, 'other')}`;
    return `${printableText(example, SHOWN_LENGTH)}${others} ${MEANINGS[problem]} (${countOf(total, 'time')})`;
  });
}
