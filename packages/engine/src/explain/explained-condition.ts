import type { JsonValue } from '../values/value.js';

/** A field that a condition reads, with what the event holds there; undefined if it holds nothing. */
interface ReadField {
  readonly field: string;
  readonly value: JsonValue | undefined;
}

/** A condition, or a part of it, with what came of it for one event. */
export interface ExplainedCondition {
  readonly kind: 'and' | 'or' | 'not' | 'leaf';
  /** As a query would write it. */
  readonly text: string;
  readonly holds: boolean;
  /** Whether a leaf does not hold because a field that it reads is missing; never for a part that holds. */
  readonly lacksField: boolean;
  /** Whether it is among the parts that made the whole condition what it is. */
  readonly decisive: boolean;
  /** What a leaf reads; empty for `and`, `or` and `not`. */
  readonly fields: readonly ReadField[];
  readonly parts: readonly ExplainedCondition[];
}
