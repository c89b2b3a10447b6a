import type { FieldTable } from '../event/field-table.js';
import type { Match } from '../match.js';
import type { Predicate } from '../predicate/predicate.js';
import type { JsonValue } from '../values/value.js';
import type { PipeMachine } from './pipe-machine.js';
import { RowReader } from './row-reader.js';

/** `filter condition`: lets the rows pass for which the condition is true. */
export class FilterPipe implements PipeMachine {
  private readonly rows: RowReader;

  constructor(
    private readonly predicate: Predicate,
    fields: FieldTable,
  ) {
    this.rows = new RowReader([], fields);
  }

  push(match: Match): readonly Match[] {
    return this.predicate.test(this.rows.load(match)) ? [match] : [];
  }

  finish(): readonly Match[] {
    return [];
  }

  snapshot(): JsonValue {
    return null;
  }

  restore(): void {
    // There is no state.
  }
}
