/**
 * What keeps an expression from its value for an event, beyond missing fields. The expression is then null; with
 * `too-many-combinations` of the values of several arrays it is judged by the first of them, and with
 * `text-too-long-for-regex` or `text-too-long-for-pattern` the regular expression or wildcard pattern does not match.
 */
export type EvaluationProblem =
  | 'division-by-zero'
  | 'integer-overflow'
  | 'unparsable-number'
  | 'too-many-combinations'
  /** A text made of others would be longer than any line that is read. */
  | 'text-too-long'
  | 'text-too-long-for-regex'
  | 'text-too-long-for-pattern'
  /** An event has more join keys than one may have: the last of them are left out. */
  | 'too-many-join-keys'
  /** More join keys wait for the rest of their sequence, or matter to a `![…]`, than a query may keep: the oldest is forgotten. */
  | 'too-many-pending-keys';
