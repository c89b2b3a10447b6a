import type { Predicate } from '../predicate/predicate.js';
import type { EventView } from '../event/event-view.js';
import type { FieldTable } from '../event/field-table.js';
import type { Value } from '../values/value.js';

/** An expression of a pipe, read from a row. */
export interface RowExpression {
  readonly text: string;
  readonly read: (view: EventView) => Value;
}

/** What a pipe compiles to; it holds no state. */
export type PipePlan =
  | { readonly kind: 'head' | 'tail'; readonly count: number }
  | { readonly kind: 'filter'; readonly predicate: Predicate; readonly fields: FieldTable }
  | {
      readonly kind: 'unique' | 'sort' | 'count' | 'unique_count';
      readonly expressions: readonly RowExpression[];
      readonly fields: FieldTable;
    };
