import type { Predicate } from '../predicate/predicate.js';
import type { EventView } from '../event/event-view.js';
import type { FieldTable } from '../event/field-table.js';
import type { Value } from '../values/value.js';

/** An expression of a pipe, read from a row. */
export interface RowExpression {
  readonly text: string;
  readonly read: (view: EventView) => Value;
}

/** Counts the results that reach the size of a search, for as long as the plan is in use. */
export interface SizeTally {
  found: number;
  /** So many results decide the answer: the size and each `head` right behind it let no more pass; infinite for a tail. */
  readonly enough: number;
}

/** What a pipe compiles to; it holds no state but for the tally. */
export type PipePlan =
  | { readonly kind: 'head' | 'tail'; readonly count: number }
  | { readonly kind: 'tally'; readonly tally: SizeTally }
  | { readonly kind: 'filter'; readonly predicate: Predicate; readonly fields: FieldTable }
  | {
      readonly kind: 'unique' | 'sort' | 'count' | 'unique_count';
      readonly expressions: readonly RowExpression[];
      readonly fields: FieldTable;
    };
