/**
 * What keeps an expression from its value for an event, beyond missing fields. The expression is then null, or with
 * `too-many-combinations` of the values of several arrays it is judged by the first of them.
 */
export type EvaluationProblem = 'division-by-zero' | 'integer-overflow' | 'unparsable-number' | 'too-many-combinations';
