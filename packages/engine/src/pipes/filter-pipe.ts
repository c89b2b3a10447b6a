import type { Match } from '../match.js';
import type { Predicate } from '../predicate/predicate.js';
import type { JsonValue } from '../values/value.js';
import type { PipeMachine } from './pipe-machine.js';
import type { RowReader } from './row-reader.js';

/** `filter condition`: lets the rows pass for which the condition is true. */
export class FilterPipe implements PipeMachine {
  constructor(
    private readonly predicate: Predicate,
    private readonly rows: RowReader,
  ) {}

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
