/**
 * What keeps an expression from its value for an event, beyond missing fields. The expression is then null; with
 * `too-many-combinations` of the values of several arrays it is judged by the first of them, and with
 * `text-too-long-for-regex` the regular expression does not match.
 */
export type EvaluationProblem =
  'division-by-zero' | 'integer-overflow' | 'unparsable-number' | 'too-many-combinations' | 'text-too-long-for-regex';
